import type { ConcertEvent } from '../catalog/concert.ts';
import type { Instant } from '../shared/instant.ts';
import type { EventCancelled, EventStarted } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';
import type { ConfirmedReservation } from './reservation.ts';

/**
 * Whether staff may give seats of a date away: until it starts, whatever its booking window and whether or not its sales
 * are stopped. A cancelled date has no seats to give.
 */
export function mayGive(
  { sales, startsAt }: Pick<ConcertEvent, 'sales' | 'startsAt'>,
  now: Instant,
): Result<undefined, EventCancelled | EventStarted> {
  if (sales.state === 'CANCELLED') return refuse({ code: 'EVENT_CANCELLED', reason: sales.reason });
  return startsAt <= now ? refuse({ code: 'EVENT_STARTED', startsAt }) : ok(undefined);
}

/** What a complimentary reservation is made of. */
export type GivenSeats = Pick<
  ConfirmedReservation,
  'id' | 'userId' | 'concertId' | 'eventId' | 'seatNumbers' | 'paymentId' | 'createdAt'
>;

/** Seats for nothing: a reservation that is confirmed at once, without a hold and without a place. */
export function giveSeats(given: GivenSeats): ConfirmedReservation {
  return {
    ...given,
    status: 'CONFIRMED',
    complimentary: true,
    totalAmount: 0,
    sequence: 0,
    holdExpiresAt: given.createdAt,
    extensions: 0,
    refundedSeats: [],
    refundedAmount: 0,
  };
}
