import type { ConcertId, EventId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { AuditLog } from './audit-log.ts';
import type { BlockedSeats } from '../halls/blocked-seats.ts';
import type { Cancellations } from '../catalog/cancellations.ts';
import type { Concerts } from '../catalog/catalog.ts';
import type { FailedPayments } from '../payments/failed-payments.ts';
import type { GateCheckIns } from '../booking/gate-check-ins.ts';
import type { Idempotency } from './idempotency.ts';
import type { Layouts } from '../halls/layouts.ts';
import type { LayoutTemplates } from '../halls/layout-templates.ts';
import type { Outbox } from './outbox.ts';
import type { Payments } from '../payments/payments.ts';
import type { QueueEnds } from '../waiting-room/queue-ends.ts';
import type { Refunds } from '../payments/refunds.ts';
import type { Reservations } from '../booking/reservations.ts';
import type { SellOuts } from '../waiting-room/sell-outs.ts';
import type { SaleCodes } from '../waiting-room/sale-codes.ts';
import type { Seats } from '../booking/seats.ts';
import type { WebhookDeliveries } from '../webhooks/webhook-deliveries.ts';
import type { WebhookEndpoints } from '../webhooks/webhook-endpoints.ts';
import type { Wallets } from '../payments/wallets.ts';

/** The ports of one transaction. */
export type UnitOfWork = {
  readonly concerts: Concerts;
  readonly layouts: Layouts;
  readonly layoutTemplates: LayoutTemplates;
  readonly blockedSeats: BlockedSeats;
  readonly cancellations: Cancellations;
  readonly seats: Seats;
  readonly reservations: Reservations;
  readonly gateCheckIns: GateCheckIns;
  readonly wallets: Wallets;
  readonly payments: Payments;
  readonly failedPayments: FailedPayments;
  readonly refunds: Refunds;
  readonly queueEnds: QueueEnds;
  readonly sellOuts: SellOuts;
  readonly saleCodes: SaleCodes;
  readonly idempotency: Idempotency;
  readonly outbox: Outbox;
  readonly auditLog: AuditLog;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly webhookDeliveries: WebhookDeliveries;
};

/** What a transaction is about. An idempotency key is stored beside the rows of its subject. */
export type Subject =
  | { readonly concertId: ConcertId }
  | { readonly eventId: EventId }
  | { readonly reservationId: ReservationId }
  | { readonly userId: UserId }
  /** What staff configure for all concerts. */
  | 'STAFF';

/**
 * Runs `work` in one transaction: commits an ok result, rolls back on a refusal or a throw. After a deadlock `work` runs
 * again, so it must have no effect outside its unit of work. The subject is the same for every request with the same
 * idempotency key.
 */
export type Transact = <R extends Result<unknown, unknown>>(
  work: (unit: UnitOfWork) => Promise<R>,
  subject: Subject,
) => Promise<R>;
