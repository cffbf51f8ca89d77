import type { TemplateWithLayout } from '@frontrow/application/ports/halls/layout-templates.ts';
import type { AuditEntry } from '@frontrow/application/ports/shared/audit-log.ts';
import type { OutboxMessage } from '@frontrow/application/ports/shared/outbox.ts';
import type { QueueEnd } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type {
  DeliveryKey,
  DeliveryStatus,
  LoggedAttempt,
  OrderedMessage,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { EndpointWithSecrets } from '@frontrow/application/ports/webhooks/webhook-endpoints.ts';
import type { CancellationProgress } from '@frontrow/domain/catalog/cancellation.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { GateCheckIn } from '@frontrow/domain/booking/entry-ticket.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { Policy } from '@frontrow/domain/catalog/policy.ts';
import type { PaymentId, RefundId, ReservationId, SaleCodeId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import type { ReservationChange } from '@frontrow/domain/booking/reservation-history.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { SaleCode, SaleCodeUse } from '@frontrow/domain/waiting-room/sale-code.ts';
import type { Wallet, WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import { type Table, createDraft, createTable } from './table.ts';

export type ConcertRow = {
  readonly concert: Concert;
  readonly policy: Policy;
  /** Grows with every change of the waiting room's configuration. */
  readonly version: number;
};

export type CancellationRow = Omit<CancellationProgress, 'refunded' | 'remaining'>;

export type IdempotencyRow = {
  readonly fingerprint: string;
  /** As JSON. */
  readonly answer: string;
  readonly createdAt: Instant;
};

export type QueueEndRow = QueueEnd & { readonly createdAt: Instant };

export type OutboxRow = {
  readonly id: string;
  readonly message: OutboxMessage;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly deliveredAt: Instant | null;
};

export type WebhookEndpointRow = EndpointWithSecrets;

export type WebhookMessageRow = OrderedMessage & { readonly createdAt: Instant };

export type WebhookDeliveryRow = DeliveryKey & {
  readonly status: DeliveryStatus;
  /** Over all schedules. */
  readonly attempts: number;
  /** In the present schedule. */
  readonly scheduled: number;
  /** The end of the lease while an attempt is in progress. */
  readonly nextAttemptAt: Instant;
};

export type WebhookAttemptRow = DeliveryKey & LoggedAttempt;

/** Rows are never changed in place, so that a draft and its table may share them. */
export type Tables = {
  readonly concerts: Table<ConcertRow>;
  readonly events: Table<ConcertEvent>;
  /** By event and version. */
  readonly layouts: Table<Layout>;
  readonly layoutTemplates: Table<TemplateWithLayout>;
  /** By event and number. */
  readonly seats: Table<Seat>;
  /** By event and number: an index of the categories of the present layout. */
  readonly seatCategories: Table<number>;
  /** Of the BLOCKED seats, by event and number. */
  readonly blockReasons: Table<string>;
  readonly reservations: Table<Reservation>;
  /** By user and concert: the one reservation that is stored as HELD. */
  readonly liveHolds: Table<ReservationId>;
  /** Lapsed holds that a later hold of the user has replaced, until they are swept. */
  readonly retiredHolds: Table<ReservationId>;
  /** By user and concert: every reservation. */
  readonly userReservations: Table<readonly ReservationId[]>;
  readonly wallets: Table<Wallet>;
  readonly walletEntries: Table<WalletEntry>;
  readonly payments: Table<Payment>;
  /** By reservation, which has at most one payment. */
  readonly paidReservations: Table<PaymentId>;
  /** By reservation and code. */
  readonly failedPayments: Table<FailedPayment>;
  readonly refunds: Table<Refund>;
  /** By event, which is cancelled once. */
  readonly cancellations: Table<CancellationRow>;
  /** By reservation and seat number, which is refunded once. */
  readonly refundSeats: Table<RefundId>;
  /** By reservation and seat number. */
  readonly gateCheckIns: Table<GateCheckIn>;
  /** By concert, user and sequence. */
  readonly queueEnds: Table<QueueEndRow>;
  /** By concert: since when it is sold out. */
  readonly sellOuts: Table<Instant>;
  readonly saleCodes: Table<SaleCode>;
  /** By concert and digest. */
  readonly saleCodeDigests: Table<SaleCodeId>;
  /** By concert and user. */
  readonly saleCodeUses: Table<SaleCodeUse>;
  /** By user, operation and key. */
  readonly idempotencyKeys: Table<IdempotencyRow>;
  readonly outbox: Table<OutboxRow>;
  readonly auditLog: Table<AuditEntry>;
  /** By reservation, oldest first. */
  readonly reservationChanges: Table<readonly ReservationChange[]>;
  readonly webhookEndpoints: Table<WebhookEndpointRow>;
  /** By the id of the outbox entry. */
  readonly webhookMessages: Table<WebhookMessageRow>;
  /** By endpoint and outbox entry. */
  readonly webhookDeliveries: Table<WebhookDeliveryRow>;
  /** The keys of the deliveries that are PENDING. */
  readonly pendingDeliveries: Table<string>;
  /** By endpoint, outbox entry and number. */
  readonly webhookAttempts: Table<WebhookAttemptRow>;
};

export function createTables(): Tables {
  return {
    concerts: createTable(),
    events: createTable(),
    layouts: createTable(),
    layoutTemplates: createTable(),
    seats: createTable(),
    seatCategories: createTable(),
    blockReasons: createTable(),
    reservations: createTable(),
    liveHolds: createTable(),
    retiredHolds: createTable(),
    userReservations: createTable(),
    wallets: createTable(),
    walletEntries: createTable(),
    payments: createTable(),
    paidReservations: createTable(),
    failedPayments: createTable(),
    refunds: createTable(),
    cancellations: createTable(),
    refundSeats: createTable(),
    gateCheckIns: createTable(),
    queueEnds: createTable(),
    sellOuts: createTable(),
    saleCodes: createTable(),
    saleCodeDigests: createTable(),
    saleCodeUses: createTable(),
    idempotencyKeys: createTable(),
    outbox: createTable(),
    auditLog: createTable(),
    reservationChanges: createTable(),
    webhookEndpoints: createTable(),
    webhookMessages: createTable(),
    webhookDeliveries: createTable(),
    pendingDeliveries: createTable(),
    webhookAttempts: createTable(),
  };
}

/** All tables as one transaction sees and writes them. */
export function draftTables(tables: Tables): { drafts: Tables; commit: () => void } {
  const drafted = Object.entries(tables).map(
    ([name, table]) => [name, createDraft(table as Table<unknown>)] as const,
  );
  return {
    drafts: Object.fromEntries(drafted.map(([name, { draft }]) => [name, draft])) as Tables,
    commit() {
      for (const [, draft] of drafted) draft.commit();
    },
  };
}
