import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { Kysely } from 'kysely';
import { createMysqlAuditLogReads } from './shared/audit-log.ts';
import { createMysqlBlockedSeatReads } from './halls/blocked-seats.ts';
import { createMysqlCancellationReads } from './catalog/cancellations.ts';
import { createMysqlCatalog } from './catalog/catalog.ts';
import { createMysqlFailedPaymentPurge } from './payments/failed-payments.ts';
import { createMysqlGateCheckInReads } from './booking/gate-check-ins.ts';
import { createMysqlIdempotencyPurge } from './shared/idempotency.ts';
import { createMysqlInventoryReads } from './waiting-room/inventory.ts';
import { createMysqlLayoutReads } from './halls/layouts.ts';
import { createMysqlLayoutTemplateReads } from './halls/layout-templates.ts';
import { createMysqlLedgerReads } from './payments/ledger.ts';
import { createMysqlLedgerTotals } from './payments/ledger-totals.ts';
import { createMysqlOrderReads } from './booking/orders.ts';
import { createMysqlOutboxReads } from './shared/outbox.ts';
import { createMysqlPaymentReads } from './payments/payments.ts';
import { createMysqlPolicyReads } from './catalog/policies.ts';
import { createMysqlQueueEndPurge, createMysqlQueueEndReads } from './waiting-room/queue-ends.ts';
import { createMysqlReservationReads } from './booking/reservations.ts';
import { createMysqlRoomRecords } from './waiting-room/room-records.ts';
import { createMysqlSellOutReads } from './waiting-room/sell-outs.ts';
import type { Database } from './schema/schema.ts';
import { createMysqlSaleCodeReads } from './waiting-room/sale-codes.ts';
import { createMysqlSeatReads } from './booking/seat-reads.ts';
import type { SeatHoldStrategy } from './booking/hold-strategies/hold-strategies.ts';
import { createMysqlTransact, createUnitOfWork } from './connection/transact.ts';
import { createMysqlWalletReads } from './payments/wallets.ts';
import { type EncryptionKey, type SecretBox, createSecretBox } from './webhooks/secret-box.ts';
import { createMysqlWebhookDeliveryReads } from './webhooks/webhook-delivery-reads.ts';
import { createMysqlWebhookEndpointReads } from './webhooks/webhook-endpoints.ts';

/** The ports that MySQL implements. */
export type MysqlPorts = Pick<
  Ports,
  | 'transact'
  | 'catalog'
  | 'policies'
  | 'layoutReads'
  | 'layoutTemplateReads'
  | 'blockedSeatReads'
  | 'cancellationReads'
  | 'seatReads'
  | 'reservationReads'
  | 'orderReads'
  | 'gateCheckInReads'
  | 'walletReads'
  | 'ledgerReads'
  | 'ledgerTotals'
  | 'paymentReads'
  | 'failedPaymentPurge'
  | 'queueEndReads'
  | 'queueEndPurge'
  | 'saleCodeReads'
  | 'idempotencyPurge'
  | 'outboxReads'
  | 'auditLogReads'
  | 'inventoryReads'
  | 'roomRecords'
  | 'sellOutReads'
  | 'webhookEndpointReads'
  | 'webhookDeliveryReads'
>;

export type MysqlPortsOptions = {
  readonly seatHoldStrategy: SeatHoldStrategy;
  /** The first encrypts the secrets of webhook endpoints, all decrypt. None where webhooks are not used. */
  readonly webhookSecretKeys?: readonly EncryptionKey[];
};

export function createMysqlPorts(
  db: Kysely<Database>,
  { seatHoldStrategy, webhookSecretKeys = [] }: MysqlPortsOptions,
): MysqlPorts {
  const secretBox = createSecretBox(webhookSecretKeys);
  return {
    ...createMysqlReads(db, secretBox),
    transact: createMysqlTransact(db, (transaction) =>
      createUnitOfWork(transaction, { seatHoldStrategy, secretBox }),
    ),
  };
}

/** All but the transactions. */
export function createMysqlReads(db: Kysely<Database>, secretBox: SecretBox): Omit<MysqlPorts, 'transact'> {
  return {
    catalog: createMysqlCatalog(db),
    policies: createMysqlPolicyReads(db),
    layoutReads: createMysqlLayoutReads(db),
    layoutTemplateReads: createMysqlLayoutTemplateReads(db),
    blockedSeatReads: createMysqlBlockedSeatReads(db),
    cancellationReads: createMysqlCancellationReads(db),
    seatReads: createMysqlSeatReads(db),
    reservationReads: createMysqlReservationReads(db),
    orderReads: createMysqlOrderReads(db),
    gateCheckInReads: createMysqlGateCheckInReads(db),
    walletReads: createMysqlWalletReads(db),
    ledgerReads: createMysqlLedgerReads(db),
    ledgerTotals: createMysqlLedgerTotals(db),
    paymentReads: createMysqlPaymentReads(db),
    failedPaymentPurge: createMysqlFailedPaymentPurge(db),
    queueEndReads: createMysqlQueueEndReads(db),
    queueEndPurge: createMysqlQueueEndPurge(db),
    saleCodeReads: createMysqlSaleCodeReads(db),
    idempotencyPurge: createMysqlIdempotencyPurge(db),
    outboxReads: createMysqlOutboxReads(db),
    auditLogReads: createMysqlAuditLogReads(db),
    inventoryReads: createMysqlInventoryReads(db),
    roomRecords: createMysqlRoomRecords(db),
    sellOutReads: createMysqlSellOutReads(db),
    webhookEndpointReads: createMysqlWebhookEndpointReads(db, secretBox),
    webhookDeliveryReads: createMysqlWebhookDeliveryReads(db),
  };
}
