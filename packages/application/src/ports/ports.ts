import type { AuditLogReads } from './shared/audit-log.ts';
import type { Cache } from './shared/cache.ts';
import type { Catalog, PolicyReads } from './catalog/catalog.ts';
import type { Clock } from './shared/clock.ts';
import type { IdGenerator } from './shared/id-generator.ts';
import type { IdempotencyPurge } from './shared/idempotency.ts';
import type { InventoryReads } from './waiting-room/inventory.ts';
import type { Jobs } from './shared/jobs.ts';
import type { LedgerReads } from './payments/ledger.ts';
import type { OrderReads } from './booking/orders.ts';
import type { OutboxReads } from './shared/outbox.ts';
import type { PaymentReads } from './payments/payments.ts';
import type { QueueEndPurge, QueueEndReads } from './waiting-room/queue-ends.ts';
import type { Random } from './shared/random.ts';
import type { ReservationReads } from './booking/reservations.ts';
import type { RoomRecords } from './waiting-room/room-records.ts';
import type { SeatLock } from './booking/seat-lock.ts';
import type { SeatReads } from './booking/seats.ts';
import type { TokenSigner } from './waiting-room/token-signer.ts';
import type { Transact } from './shared/unit-of-work.ts';
import type { WaitingRoom } from './waiting-room/waiting-room.ts';
import type { WalletReads } from './payments/wallets.ts';
import type { WebhookDeliveryReads } from './webhooks/webhook-deliveries.ts';
import type { WebhookEndpointReads } from './webhooks/webhook-endpoints.ts';
import type { NewWebhookSecret, WebhookSender } from './webhooks/webhook-sender.ts';

/** Every port. A use case picks only those that it uses. */
export type Ports = {
  readonly transact: Transact;
  readonly catalog: Catalog;
  readonly policies: PolicyReads;
  readonly seatReads: SeatReads;
  readonly reservationReads: ReservationReads;
  readonly orderReads: OrderReads;
  readonly walletReads: WalletReads;
  readonly ledgerReads: LedgerReads;
  readonly paymentReads: PaymentReads;
  readonly queueEndReads: QueueEndReads;
  readonly queueEndPurge: QueueEndPurge;
  readonly idempotencyPurge: IdempotencyPurge;
  readonly outboxReads: OutboxReads;
  readonly auditLogReads: AuditLogReads;
  readonly inventoryReads: InventoryReads;
  readonly roomRecords: RoomRecords;
  readonly waitingRoom: WaitingRoom;
  readonly tokenSigner: TokenSigner;
  /** Null where the holds of a date form groups, which need no lock. */
  readonly seatLock: SeatLock | null;
  readonly webhookEndpointReads: WebhookEndpointReads;
  readonly webhookDeliveryReads: WebhookDeliveryReads;
  readonly webhookSender: WebhookSender;
  /** Null where no key is configured that encrypts the secrets. */
  readonly newWebhookSecret: NewWebhookSecret | null;
  readonly cache: Cache;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly random: Random;
};
