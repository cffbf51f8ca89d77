import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { mayHold } from '@frontrow/domain/booking/seat.ts';
import { type Kysely, sql } from 'kysely';
import { later, rowClock, statementClock, toInstant } from '../../connection/columns.ts';
import type { Database } from '../../schema/schema.ts';
import { readHeld } from './read-held.ts';
import { CURRENT_PRICE, type SeatRow, selectSeats, toSeat, updateSeats } from '../seat-rows.ts';

const ATTEMPTS_MAX = 3;

/**
 * Reads without a lock, lets the domain decide, and writes the rows that have not changed since. Reads the others again,
 * and refuses seats that keep changing.
 */
export async function holdOptimistically(
  db: Kysely<Database>,
  request: HoldRequest,
): Promise<Result<HeldSeats, SeatUnavailable>> {
  const { eventId, seatNumbers, reservationId } = request;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const rows = await selectSeats(db, request).select(statementClock.as('read_at')).execute();
    const [first] = rows;
    invariant(
      first !== undefined && rows.length === seatNumbers.length,
      `event ${eventId} lacks one of the seats ${seatNumbers.join()}`,
    );
    const missing = rows.filter((row) => row.reservation_id !== reservationId);
    const free = mayHold(
      missing.map((row) => toSeat(eventId, row)),
      toInstant(first.read_at),
    );
    if (!free.ok) return free;
    if ((await writeUnchanged(db, request, missing)) === missing.length) break;
  }
  return readHeld(db, request);
}

/** Returns how many rows it wrote. A free seat stays free as time passes, so only a change of its row matters. */
async function writeUnchanged(
  db: Kysely<Database>,
  { eventId, reservationId, ttlMs }: HoldRequest,
  rows: readonly SeatRow[],
): Promise<number> {
  const { numUpdatedRows } = await updateSeats(db, { eventId, seatNumbers: rows.map(({ number }) => number) })
    .set({
      ...CURRENT_PRICE,
      status: 'HELD',
      reservation_id: reservationId,
      hold_expires_at: later(rowClock, ttlMs),
    })
    .where((eb) => eb.or(rows.map(isUnchanged)))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

function isUnchanged({ number, status, reservation_id, hold_expires_at }: SeatRow) {
  return sql<boolean>`(number = ${number} and status = ${status} and reservation_id <=> ${reservation_id} and hold_expires_at <=> ${hold_expires_at})`;
}
