import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { IdGenerator } from '@frontrow/application/ports/shared/id-generator.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import { UNTRACED } from '@frontrow/application/ports/shared/traces.ts';
import type { Random } from '@frontrow/application/ports/shared/random.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import type { NewWebhookSecret, WebhookSender } from '@frontrow/application/ports/webhooks/webhook-sender.ts';
import type { TicketCodes } from '@frontrow/application/ports/booking/ticket-codes.ts';
import type { SaleCodeTexts } from '@frontrow/application/ports/waiting-room/sale-code-texts.ts';
import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import { createMemoryAuditLogReads } from './shared/audit-log.ts';
import { createMemoryBlockedSeatReads } from './halls/blocked-seats.ts';
import { createMemoryCache } from './shared/cache.ts';
import { createMemoryCancellationReads } from './catalog/cancellations.ts';
import { createMemoryCatalog, createMemoryPolicyReads } from './catalog/catalog.ts';
import { createMemoryDatabase } from './store/database.ts';
import { createMemoryFailedPaymentPurge } from './payments/failed-payments.ts';
import { createMemoryGateCheckInReads } from './booking/gate-check-ins.ts';
import { createMemoryIdempotencyPurge } from './shared/idempotency.ts';
import { createMemoryInventoryReads } from './waiting-room/inventory.ts';
import { type OnJobError, createMemoryJobs } from './shared/jobs.ts';
import { createMemoryLayoutReads } from './halls/layouts.ts';
import { createMemoryLayoutTemplateReads } from './halls/layout-templates.ts';
import { createMemoryLedgerReads } from './payments/ledger.ts';
import { createMemoryOrderReads } from './booking/orders.ts';
import { createMemoryOutboxReads } from './shared/outbox.ts';
import { createMemoryPaymentReads } from './payments/payments.ts';
import { createMemoryQueueEndPurge, createMemoryQueueEndReads } from './waiting-room/queue-ends.ts';
import { createMemoryReservationReads } from './booking/reservations.ts';
import { createMemoryRoomRecords } from './waiting-room/room-records.ts';
import { createMemorySellOutReads } from './waiting-room/sell-outs.ts';
import { createMemorySaleCodeReads } from './waiting-room/sale-codes.ts';
import { createMemorySeatReads } from './booking/seats.ts';
import { createMemoryTransact } from './store/transact.ts';
import { createMemoryWaitingRoom } from './waiting-room/waiting-room.ts';
import { createMemoryWalletReads } from './payments/wallets.ts';
import { createMemoryWebhookDeliveryReads } from './webhooks/webhook-delivery-reads.ts';
import { createMemoryWebhookEndpointReads } from './webhooks/webhook-endpoints.ts';

export type MemoryPortsOptions = {
  /** The one clock of the process, the database and the waiting rooms. */
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly random: Random;
  readonly tokenSigner: TokenSigner;
  readonly webhookSender: WebhookSender;
  readonly newWebhookSecret: NewWebhookSecret;
  readonly ticketCodes: TicketCodes;
  readonly saleCodeTexts: SaleCodeTexts;
  readonly onJobError: OnJobError;
  /** Called with a sample of the estimated waits, after their admission. */
  readonly onWait?: OnWait;
};

/** Every port in the memory of one process. */
export function createMemoryPorts(options: MemoryPortsOptions): Ports {
  const { clock, ids, random, tokenSigner, ticketCodes, saleCodeTexts } = options;
  const { webhookSender, newWebhookSecret, onJobError } = options;
  const database = createMemoryDatabase(clock);
  const roomRecords = createMemoryRoomRecords(database);
  const transact = createMemoryTransact(database, ids);
  return {
    transact,
    catalog: createMemoryCatalog(database),
    policies: createMemoryPolicyReads(database),
    layoutReads: createMemoryLayoutReads(database),
    layoutTemplateReads: createMemoryLayoutTemplateReads(database),
    blockedSeatReads: createMemoryBlockedSeatReads(database),
    cancellationReads: createMemoryCancellationReads(database),
    seatReads: createMemorySeatReads(database),
    reservationReads: createMemoryReservationReads(database),
    orderReads: createMemoryOrderReads(database),
    gateCheckInReads: createMemoryGateCheckInReads(database),
    walletReads: createMemoryWalletReads(database),
    ledgerReads: createMemoryLedgerReads(database),
    // The sum of a ledger in memory needs no saved one.
    ledgerTotals: { saveNext: async () => false },
    paymentReads: createMemoryPaymentReads(database),
    failedPaymentPurge: createMemoryFailedPaymentPurge(database),
    queueEndReads: createMemoryQueueEndReads(database),
    queueEndPurge: createMemoryQueueEndPurge(database),
    saleCodeReads: createMemorySaleCodeReads(database),
    idempotencyPurge: createMemoryIdempotencyPurge(database),
    outboxReads: createMemoryOutboxReads(database),
    auditLogReads: createMemoryAuditLogReads(database),
    inventoryReads: createMemoryInventoryReads(database),
    roomRecords,
    sellOutReads: createMemorySellOutReads(database),
    waitingRoom: createMemoryWaitingRoom({ ...options, roomRecords, transact }),
    tokenSigner,
    ticketCodes,
    saleCodeTexts,
    seatLock: null,
    webhookEndpointReads: createMemoryWebhookEndpointReads(database),
    webhookDeliveryReads: createMemoryWebhookDeliveryReads(database),
    webhookSender,
    newWebhookSecret,
    cache: createMemoryCache(),
    ...createMemoryJobs(onJobError, clock),
    traces: UNTRACED,
    clock,
    ids,
    random,
  };
}
