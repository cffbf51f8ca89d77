import type { Refund } from '../payments/refund.ts';
import type { Payment } from '../payments/payment.ts';
import type { ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Money } from '../shared/money.ts';
import type { Reservation } from './reservation.ts';

/** A change of a reservation that its row does not show. */
export type ReservationChange = {
  readonly reservationId: ReservationId;
  /** REDUCED gives up some of the seats; GIVEN begins a complimentary reservation. */
  readonly kind: 'EXTENDED' | 'REDUCED' | 'CANCELLED' | 'GIVEN';
  readonly at: Instant;
  readonly actor: UserId;
  /** Null where the owner did it. */
  readonly reason: string | null;
};

/** What the history shows of a refund. */
export type RefundRecord = Pick<Refund, 'refundedAt' | 'actor' | 'reason' | 'amount'>;

export type HistoryEntry = {
  readonly kind: 'HELD' | ReservationChange['kind'] | 'PAID' | 'REFUNDED' | 'EXPIRED';
  readonly at: Instant;
  /** Null for the clock. */
  readonly actor: UserId | null;
  readonly reason: string | null;
  /** Of money that was moved. */
  readonly amount: Money | null;
};

/** The records of one reservation. */
export type ReservationRecords = {
  /** As of the moment of the read (`reservationAt`). */
  readonly reservation: Reservation;
  readonly payment: Payment | null;
  /** Oldest first. */
  readonly changes: readonly ReservationChange[];
  readonly refunds: readonly RefundRecord[];
};

/** Tells what happened to a reservation, oldest first. A complimentary one is GIVEN instead of HELD and PAID. */
export function historyOf({
  reservation,
  payment,
  changes,
  refunds,
}: ReservationRecords): readonly HistoryEntry[] {
  const { userId: actor, createdAt, status, holdExpiresAt } = reservation;
  const isGiven = 'complimentary' in reservation && reservation.complimentary;
  const history: HistoryEntry[] = changes.map((change) => ({
    kind: change.kind,
    at: change.at,
    actor: change.actor,
    reason: change.reason,
    amount: null,
  }));
  if (!isGiven) history.unshift({ kind: 'HELD', at: createdAt, actor, reason: null, amount: null });
  if (!isGiven && payment !== null)
    history.push({ kind: 'PAID', at: payment.paidAt, actor, reason: null, amount: payment.amount });
  for (const refund of refunds)
    history.push({
      kind: 'REFUNDED',
      at: refund.refundedAt,
      actor: refund.actor,
      reason: refund.reason,
      amount: refund.amount,
    });
  if (status === 'EXPIRED')
    history.push({ kind: 'EXPIRED', at: holdExpiresAt, actor: null, reason: null, amount: null });
  return history.toSorted((a, b) => a.at - b.at);
}
