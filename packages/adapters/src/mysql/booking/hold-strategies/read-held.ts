import type { HeldSeats, HoldRequest, SeatClaim } from '@frontrow/application/ports/booking/seats.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInteger } from '../../connection/columns.ts';
import { type Placeholders, prepare } from '../../connection/prepare.ts';
import type { Database } from '../../schema/schema.ts';
import { selectSeats, updateHeld } from '../seat-rows.ts';

/**
 * Reads the outcome of a conditional write: all the seats, or the numbers of the unavailable ones. Rows that were written
 * a millisecond apart get one expiry, the latest, because the clock of the last row was read after all locks.
 */
export async function readHeld(
  db: Kysely<Database>,
  request: HoldRequest,
): Promise<Result<HeldSeats, SeatUnavailable>> {
  const { eventId, seatNumbers, reservationId, ttlMs } = request;
  const { rows } = await selectOwn(db, { eventId, seatNumbers, reservationId });
  if (rows.length < seatNumbers.length) {
    const held = new Set(rows.map(({ number }) => number));
    const unavailableSeats = seatNumbers.filter((number) => !held.has(number));
    return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats });
  }
  const expiries = rows.map(({ hold_expires_at: expiry }) => expiry?.getTime() ?? 0);
  const holdExpiresAt = Math.max(...expiries);
  invariant(holdExpiresAt > 0, `reservation ${reservationId} holds seats without an end`);
  if (expiries.some((expiry) => expiry !== holdExpiresAt))
    await updateHeld(db, request)
      .set({ hold_expires_at: fromInstant(holdExpiresAt) })
      .execute();
  const totalAmount = sum(rows.map(({ price }) => toInteger(price)));
  return ok({ totalAmount, heldAt: holdExpiresAt - ttlMs, holdExpiresAt });
}

const selectOwn = prepare((db, { reservationId, ...seats }: Placeholders<SeatClaim>) =>
  selectSeats(db, seats).where('reservation_id', '=', reservationId),
);
