import { type BookingWindow, type ConcertEvent, mayBook } from '../catalog/concert.ts';
import { type Sales, maySell } from '../catalog/sales.ts';
import { type HoldHistory, countExtensions } from './hold-history.ts';
import type { HoldPolicy } from './hold-policy.ts';
import { inLockOrder } from './seat.ts';
import type { ConcertId, EventId, PaymentId, ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { unreachable } from '../shared/invariant.ts';
import type { Money } from '../shared/money.ts';
import type {
  EventNotBookable,
  ExtensionLimitExceeded,
  FieldError,
  HoldExpired,
  ReservationNotHeld,
  EventCancelled,
  SalesStopped,
  ValidationFailed,
} from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

type ReservationFacts = {
  readonly id: ReservationId;
  readonly userId: UserId;
  readonly concertId: ConcertId;
  readonly eventId: EventId;
  /** Ascending. */
  readonly seatNumbers: readonly number[];
  /** The sum of the prices of its seats; 0 for a complimentary reservation. */
  readonly totalAmount: Money;
  /** The sequence of the queue token that the seats were held with; 0 for a complimentary reservation. */
  readonly sequence: number;
  readonly createdAt: Instant;
  readonly holdExpiresAt: Instant;
  /** How often the hold was extended. */
  readonly extensions: number;
};

export type HeldReservation = ReservationFacts & { readonly status: 'HELD' };
type PaidFacts = ReservationFacts & {
  readonly paymentId: PaymentId;
  /** Whether staff have given the seats for nothing. */
  readonly complimentary: boolean;
  /** The seats that were given back for their price, ascending. `seatNumbers` still has them. */
  readonly refundedSeats: readonly number[];
  /** The part of `totalAmount` that was paid back. */
  readonly refundedAmount: Money;
};
export type ConfirmedReservation = PaidFacts & { readonly status: 'CONFIRMED' };
export type ExpiredReservation = ReservationFacts & { readonly status: 'EXPIRED' };
export type CancelledReservation = ReservationFacts & { readonly status: 'CANCELLED' };
export type RefundedReservation = PaidFacts & { readonly status: 'REFUNDED' };
export type Reservation =
  HeldReservation | ConfirmedReservation | ExpiredReservation | CancelledReservation | RefundedReservation;
export type ReservationStatus = Reservation['status'];

/** The statuses of an earlier hold without a payment. It is over, also where it is still stored as HELD. */
export const UNPAID_STATUSES: readonly ReservationStatus[] = ['HELD', 'EXPIRED', 'CANCELLED'];

/** The reservation as of `now`: a lapsed hold is EXPIRED, swept or not. */
export function reservationAt(reservation: Reservation, now: Instant): Reservation {
  return reservation.status === 'HELD' && reservation.holdExpiresAt <= now
    ? { ...reservation, status: 'EXPIRED' }
    : reservation;
}

/** Requires a live hold. `reservation` is as of the deciding moment (`reservationAt`). */
export function mayPay(reservation: Reservation): Result<HeldReservation, HoldExpired | ReservationNotHeld> {
  switch (reservation.status) {
    case 'HELD':
      return ok(reservation);
    case 'EXPIRED':
      return refuse({ code: 'HOLD_EXPIRED', holdExpiresAt: reservation.holdExpiresAt });
    case 'CONFIRMED':
    case 'CANCELLED':
    case 'REFUNDED':
      return refuse({ code: 'RESERVATION_NOT_HELD', status: reservation.status });
    default:
      return unreachable(reservation);
  }
}

export function confirm(reservation: HeldReservation, paymentId: PaymentId): ConfirmedReservation {
  const refunds = { refundedSeats: [], refundedAmount: 0 };
  return { ...reservation, ...refunds, status: 'CONFIRMED', paymentId, complimentary: false };
}

/** What an extension depends on beside the reservation: the present policy, the times of its event, and earlier holds. */
export type ExtensionTerms = {
  readonly policy: HoldPolicy;
  readonly event: BookingWindow & Pick<ConcertEvent, 'startsAt'>;
  readonly sales: Sales;
  readonly history: HoldHistory;
  readonly now: Instant;
};

/**
 * Restarts the time of a live hold at `now` while its event sells. At most `maxExtensions` times, the recent unpaid holds
 * of the user included. No hold outlives the start of its event.
 */
export function extend(
  reservation: Reservation,
  { policy, event, sales, history, now }: ExtensionTerms,
): Result<
  HeldReservation,
  HoldExpired | ReservationNotHeld | EventNotBookable | SalesStopped | EventCancelled | ExtensionLimitExceeded
> {
  const live = mayPay(reservation);
  if (!live.ok) return live;
  const bookable = mayBook(event, now);
  if (!bookable.ok) return bookable;
  const selling = maySell(sales);
  if (!selling.ok) return selling;
  const { maxExtensions, ttlMs } = policy;
  if (countExtensions(live.value.extensions, history) >= maxExtensions)
    return refuse({ code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions });
  // A policy that became stricter does not shorten a hold.
  const holdExpiresAt = Math.max(live.value.holdExpiresAt, Math.min(now + ttlMs, event.startsAt));
  return ok({ ...live.value, holdExpiresAt, extensions: live.value.extensions + 1 });
}

/**
 * Chooses which seats of a live hold remain: some of its own, each named once. Returns them in ascending order with the
 * seats that are given up, none of them for the whole set.
 */
export function keepSeats(
  reservation: Reservation,
  seatNumbers: readonly number[],
): Result<KeptSeats, HoldExpired | ReservationNotHeld | ValidationFailed> {
  const live = mayPay(reservation);
  if (!live.ok) return live;
  const own = live.value.seatNumbers;
  const chosen = chooseOwnSeats(live.value, seatNumbers);
  if (!chosen.ok) return chosen;
  return ok({
    reservation: live.value,
    kept: own.filter((number) => seatNumbers.includes(number)),
    givenUp: own.filter((number) => !seatNumbers.includes(number)),
  });
}

/** Requires some of the reservation's seats, each named once. Returns them in ascending order. */
export function chooseOwnSeats(
  { seatNumbers: own }: Reservation,
  seatNumbers: readonly number[],
): Result<readonly number[], ValidationFailed> {
  const errors: FieldError[] = [];
  if (seatNumbers.length === 0) errors.push({ pointer: '/seatNumbers', detail: 'must name a seat' });
  for (const [index, number] of seatNumbers.entries()) {
    const pointer = `/seatNumbers/${index}`;
    if (!own.includes(number)) errors.push({ pointer, detail: 'is not a seat of the reservation' });
    else if (seatNumbers.indexOf(number) !== index) errors.push({ pointer, detail: 'is named twice' });
  }
  return errors.length === 0 ? ok(inLockOrder(seatNumbers)) : refuse({ code: 'VALIDATION_FAILED', errors });
}

export type KeptSeats = {
  readonly reservation: HeldReservation;
  readonly kept: readonly number[];
  readonly givenUp: readonly number[];
};

/** Ends a live hold at once, and leaves one that is over as it is. A paid reservation cannot be cancelled. */
export function cancel(
  reservation: Reservation,
): Result<CancelledReservation | ExpiredReservation, ReservationNotHeld> {
  switch (reservation.status) {
    case 'HELD':
      return ok({ ...reservation, status: 'CANCELLED' });
    case 'EXPIRED':
    case 'CANCELLED':
      return ok(reservation);
    case 'CONFIRMED':
    case 'REFUNDED':
      return refuse({ code: 'RESERVATION_NOT_HELD', status: reservation.status });
    default:
      return unreachable(reservation);
  }
}
