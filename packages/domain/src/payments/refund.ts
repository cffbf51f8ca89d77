import {
  type ConfirmedReservation,
  type RefundedReservation,
  type Reservation,
  chooseOwnSeats,
} from '../booking/reservation.ts';
import type {
  ConcertId,
  EventId,
  PaymentId,
  RefundId,
  ReservationId,
  UserId,
  WalletEntryId,
} from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import { invariant } from '../shared/invariant.ts';
import { type Money, sum } from '../shared/money.ts';
import type {
  RefundClosed,
  ReservationNotConfirmed,
  SeatAlreadyRefunded,
  SeatCheckedIn,
  ValidationFailed,
} from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

/** The record of seats that were given back for the money that was paid for them. */
export type Refund = {
  readonly id: RefundId;
  readonly reservationId: ReservationId;
  readonly paymentId: PaymentId;
  /** The owner of the reservation, whose wallet has the money. */
  readonly userId: UserId;
  readonly concertId: ConcertId;
  readonly eventId: EventId;
  /** Ascending. A seat of a reservation is refunded once. */
  readonly seatNumbers: readonly number[];
  /** How many of the seats fans can buy again: none where the event is not bookable any more. */
  readonly seatsReturned: number;
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly walletEntryId: WalletEntryId;
  readonly refundedAt: Instant;
  /** Who ordered it. */
  readonly actor: UserId;
  /** Null where the owner asked for it. */
  readonly reason: string | null;
};

/** A confirmed reservation, and what limits its refund. */
export type RefundTerms = {
  /** The prices of the seats that the reservation still has. */
  readonly prices: ReadonlyMap<number, Money>;
  /** Until when the owner may ask; null for an organiser, whom no time limits. */
  readonly refundUntil: Instant | null;
  /** Seats that the owner has entered with and may not refund; none for an organiser. */
  readonly checkedInSeats: readonly number[];
  readonly now: Instant;
};

export type RefundedSeats = {
  /** Ascending. */
  readonly seatNumbers: readonly number[];
  readonly amount: Money;
  readonly reservation: ConfirmedReservation | RefundedReservation;
};

export type RefundRefusal =
  ReservationNotConfirmed | RefundClosed | ValidationFailed | SeatAlreadyRefunded | SeatCheckedIn;

/**
 * Gives back the named seats, or all that are left where `seatNumbers` is null. The amount is the sum of their prices, and
 * the whole rest of what was paid with the last seats: never more, so that a free reservation pays nothing back.
 */
export function refundSeats(
  reservation: Reservation,
  seatNumbers: readonly number[] | null,
  { prices, refundUntil, checkedInSeats, now }: RefundTerms,
): Result<RefundedSeats, RefundRefusal> {
  if (reservation.status !== 'CONFIRMED')
    return refuse({ code: 'RESERVATION_NOT_CONFIRMED', status: reservation.status });
  if (refundUntil !== null && refundUntil <= now) return refuse({ code: 'REFUND_CLOSED', refundUntil });
  const left = seatsLeft(reservation);
  const chosen = chooseOwnSeats(reservation, seatNumbers ?? left);
  if (!chosen.ok) return chosen;
  const refundedBefore = chosen.value.filter((number) => !left.includes(number));
  if (refundedBefore.length > 0)
    return refuse({ code: 'SEAT_ALREADY_REFUNDED', refundedSeats: refundedBefore });
  const used = chosen.value.filter((number) => checkedInSeats.includes(number));
  if (used.length > 0) return refuse({ code: 'SEAT_CHECKED_IN', checkedInSeats: used });

  const amount = amountFor(reservation, chosen.value, prices);
  const refundedSeats = [...reservation.refundedSeats, ...chosen.value].toSorted((a, b) => a - b);
  const status = refundedSeats.length === reservation.seatNumbers.length ? 'REFUNDED' : 'CONFIRMED';
  const refundedAmount = reservation.refundedAmount + amount;
  return ok({
    seatNumbers: chosen.value,
    amount,
    reservation: { ...reservation, status, refundedSeats, refundedAmount },
  });
}

/** The seats that a paid reservation still has. */
export function seatsLeft({ seatNumbers, refundedSeats }: ConfirmedReservation): readonly number[] {
  return seatNumbers.filter((number) => !refundedSeats.includes(number));
}

function amountFor(
  reservation: ConfirmedReservation,
  seatNumbers: readonly number[],
  prices: ReadonlyMap<number, Money>,
): Money {
  const rest = reservation.totalAmount - reservation.refundedAmount;
  if (seatNumbers.length === seatsLeft(reservation).length) return rest;
  const amounts = seatNumbers.map((number) => {
    const price = prices.get(number);
    invariant(price !== undefined, `reservation ${reservation.id} lost its seat ${number}`);
    return price;
  });
  return Math.min(sum(amounts), rest);
}
