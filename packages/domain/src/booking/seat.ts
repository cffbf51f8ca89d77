import type { HoldPolicy } from './hold-policy.ts';
import type { EventId, ReservationId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Money } from '../shared/money.ts';
import type { FieldError, ValidationFailed, SeatUnavailable, TooManySeats } from '../shared/refusals.ts';
import { type Result, ok, refuse } from '../shared/result.ts';

type SeatFacts = { readonly eventId: EventId; readonly number: number; readonly price: Money };

/** The price of the seat once it is AVAILABLE again; absent where that is its present one. */
type NextPrice = { readonly nextPrice?: Money };

export type FreeSeat = SeatFacts & { readonly status: 'AVAILABLE' };
export type HeldSeat = SeatFacts & {
  readonly status: 'HELD';
  readonly reservationId: ReservationId;
  readonly holdExpiresAt: Instant;
} & NextPrice;
export type SoldSeat = SeatFacts &
  NextPrice & { readonly status: 'SOLD'; readonly reservationId: ReservationId };
/** The house keeps the seat back: nobody can hold it. */
export type BlockedSeat = SeatFacts & { readonly status: 'BLOCKED' };
export type Seat = FreeSeat | HeldSeat | SoldSeat | BlockedSeat;

/** The seat as of `now`: a lapsed hold is AVAILABLE, swept or not. */
export function seatAt(seat: Seat, now: Instant): Seat {
  return seat.status === 'HELD' && seat.holdExpiresAt <= now ? release(seat) : seat;
}

export function hold(seat: FreeSeat, reservationId: ReservationId, holdExpiresAt: Instant): HeldSeat {
  return { ...facts(seat), status: 'HELD', reservationId, holdExpiresAt };
}

export function release(seat: HeldSeat): FreeSeat {
  return { ...facts(seat), price: seat.nextPrice ?? seat.price, status: 'AVAILABLE' };
}

export function sell(seat: HeldSeat): SoldSeat {
  const { nextPrice, reservationId } = seat;
  return { ...facts(seat), ...(nextPrice === undefined ? {} : { nextPrice }), status: 'SOLD', reservationId };
}

/** Gives the seat a new price. A held or sold one keeps its own until it is AVAILABLE again. */
export function reprice(seat: Seat, price: Money): Seat {
  const isTaken = seat.status === 'HELD' || seat.status === 'SOLD';
  return isTaken ? { ...seat, nextPrice: price } : { ...seat, price };
}

/** Blocks a seat that nobody has; a blocked one stays so. */
export function block(seat: FreeSeat | BlockedSeat): BlockedSeat {
  return { ...facts(seat), status: 'BLOCKED' };
}

export function unblock(seat: BlockedSeat): FreeSeat {
  return { ...facts(seat), status: 'AVAILABLE' };
}

export function returnToSale(seat: SoldSeat): FreeSeat {
  return { ...facts(seat), price: seat.nextPrice ?? seat.price, status: 'AVAILABLE' };
}

/** All seats or none: the free seats, or a refusal with the numbers of the others. */
export function mayHold(seats: readonly Seat[], now: Instant): Result<readonly FreeSeat[], SeatUnavailable> {
  const current = seats.map((seat) => seatAt(seat, now));
  const free = current.filter((seat) => seat.status === 'AVAILABLE');
  if (free.length === seats.length) return ok(free);
  const unavailableSeats = current.filter((seat) => seat.status !== 'AVAILABLE').map((seat) => seat.number);
  return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats });
}

/** All seats or none: those that the house may keep back, or a refusal with the numbers of the held and sold ones. */
export function mayBlock(
  seats: readonly Seat[],
  now: Instant,
): Result<readonly (FreeSeat | BlockedSeat)[], SeatUnavailable> {
  const current = seats.map((seat) => seatAt(seat, now));
  const blockable = current.filter((seat) => seat.status === 'AVAILABLE' || seat.status === 'BLOCKED');
  if (blockable.length === seats.length) return ok(blockable);
  const taken = current.filter((seat) => seat.status === 'HELD' || seat.status === 'SOLD');
  return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats: taken.map(({ number }) => number) });
}

/** A request for seats of one event. */
type WantedSeats = { readonly seatNumbers: readonly number[] };

/**
 * Decides requests in order against one reading of the seats, which has all the seats of the requests: each request gets
 * all its seats, which later requests then find unavailable, or none.
 */
export function mayHoldEach(
  requests: readonly WantedSeats[],
  seats: readonly Seat[],
  now: Instant,
): readonly Result<readonly FreeSeat[], SeatUnavailable>[] {
  const byNumber = new Map(seats.map((seat) => [seat.number, seat]));
  const given = new Set<number>();
  return requests.map(({ seatNumbers }) => {
    const wanted = seatNumbers.flatMap((number) => byNumber.get(number) ?? []);
    const free = mayHold(wanted, now);
    const unavailableSeats = seatNumbers.filter(
      (number) => given.has(number) || (!free.ok && free.refusal.unavailableSeats.includes(number)),
    );
    if (!free.ok || unavailableSeats.length > 0)
      return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats });
    for (const number of seatNumbers) given.add(number);
    return free;
  });
}

/** Checks the seat numbers of a request and returns them in the order in which they are locked. */
export function chooseSeats(
  seatNumbers: readonly number[],
  seatCount: number,
  policy: Pick<HoldPolicy, 'maxSeatsPerReservation'>,
): Result<readonly number[], TooManySeats | ValidationFailed> {
  const limited = limitSeats(seatNumbers.length, policy);
  if (!limited.ok) return limited;
  return checkSeatNumbers(seatNumbers, seatCount);
}

/** Requires distinct numbers of seats that the event has. Returns them in the order in which they are locked. */
export function checkSeatNumbers(
  seatNumbers: readonly number[],
  seatCount: number,
): Result<readonly number[], ValidationFailed> {
  const errors: FieldError[] = [];
  const named = new Set<number>();
  for (const [index, number] of seatNumbers.entries()) {
    const pointer = `/seatNumbers/${index}`;
    if (number < 1 || number > seatCount) errors.push({ pointer, detail: `must be from 1 to ${seatCount}` });
    else if (named.has(number)) errors.push({ pointer, detail: 'is named twice' });
    named.add(number);
  }
  if (errors.length > 0) return refuse({ code: 'VALIDATION_FAILED', errors });
  return ok(inLockOrder(seatNumbers));
}

export function limitSeats(
  count: number,
  { maxSeatsPerReservation }: Pick<HoldPolicy, 'maxSeatsPerReservation'>,
): Result<number, TooManySeats> {
  if (count <= maxSeatsPerReservation) return ok(count);
  return refuse({ code: 'TOO_MANY_SEATS', maxSeatsPerReservation });
}

/** Every transaction locks seats in ascending order, so that no two of them deadlock. */
export function inLockOrder(seatNumbers: readonly number[]): readonly number[] {
  return seatNumbers.toSorted((a, b) => a - b);
}

function facts({ eventId, number, price }: Seat): SeatFacts {
  return { eventId, number, price };
}
