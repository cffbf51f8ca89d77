import type { SeatClaim } from '@frontrow/application/ports/booking/seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { toInstant, toInteger } from '../connection/columns.ts';
import type { Operand } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';

const SEAT_COLUMNS = [
  'number',
  'price',
  'next_price',
  'status',
  'reservation_id',
  'hold_expires_at',
] as const;

export type SeatRow = Pick<Selectable<Database['seat']>, (typeof SEAT_COLUMNS)[number]>;

export type SeatNumbers = Pick<SeatClaim, 'eventId' | 'seatNumbers'>;

/** The seats by values, or by the parameters of a prepared statement. */
type SeatOperands = {
  readonly eventId: Operand<string>;
  readonly seatNumbers: readonly Operand<number>[];
};

/**
 * Forces the primary key. In a small table the optimizer may prefer to read every row, and a locking read then waits for
 * seats of other requests. The hint also saves the optimizer the estimate.
 */
export const SEATS = sql<Database['seat']>`seat`.as<'seat'>(sql`seat force index (primary)`);

/** Selects the rows of the seats in ascending order, in which they are locked. */
export function selectSeats(db: Kysely<Database>, { eventId, seatNumbers }: SeatOperands) {
  return db
    .selectFrom(SEATS)
    .select(SEAT_COLUMNS)
    .where('concert_event_id', '=', eventId)
    .where('number', 'in', seatNumbers)
    .orderBy('number');
}

export function updateSeats(db: Kysely<Database>, { eventId, seatNumbers }: SeatOperands) {
  return db
    .updateTable(SEATS)
    .where('concert_event_id', '=', eventId)
    .where('number', 'in', seatNumbers)
    .orderBy('number');
}

/** Updates the rows that the claim's reservation still holds. */
export function updateHeld(
  db: Kysely<Database>,
  claim: SeatOperands & { readonly reservationId: Operand<string> },
) {
  return updateSeats(db, claim)
    .where('reservation_id', '=', claim.reservationId)
    .where('status', '=', 'HELD');
}

/** What a hold writes beside its own columns: a free seat has the price that follows. */
export const CURRENT_PRICE = {
  price: sql<string>`coalesce(next_price, price)`,
  next_price: null,
} as const;

export function toSeat(eventId: EventId, row: SeatRow): Seat {
  const { number, status, reservation_id: reservationId, hold_expires_at } = row;
  const nextPrice = row.next_price === null ? {} : { nextPrice: toInteger(row.next_price) };
  const price = toInteger(row.price);
  if (status === 'AVAILABLE' || status === 'BLOCKED')
    return { status, eventId, number, price: nextPrice.nextPrice ?? price };
  invariant(reservationId !== null, `seat ${number} of ${eventId} is ${status} without an owner`);
  if (status === 'SOLD') return { status, eventId, number, price, ...nextPrice, reservationId };
  invariant(hold_expires_at !== null, `seat ${number} of ${eventId} is HELD without an end`);
  const holdExpiresAt = toInstant(hold_expires_at);
  return { status, eventId, number, price, ...nextPrice, reservationId, holdExpiresAt };
}
