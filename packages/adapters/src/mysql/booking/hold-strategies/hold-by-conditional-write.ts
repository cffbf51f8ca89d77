import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { laterByMicros, rowClock } from '../../connection/columns.ts';
import { type Placeholders, prepare } from '../../connection/prepare.ts';
import type { Database } from '../../schema/schema.ts';
import { readHeld } from './read-held.ts';
import { CURRENT_PRICE, type SeatNumbers, updateSeats } from '../seat-rows.ts';

/**
 * Holds the free ones of the seats by one UPDATE. Its condition is the rule of `mayHold` in SQL, evaluated on each row
 * after the row is locked. When a seat is missing, the rollback of the refusal releases the others.
 */
export async function holdByConditionalWrite(
  db: Kysely<Database>,
  request: HoldRequest,
): Promise<Result<HeldSeats, SeatUnavailable>> {
  const { eventId, seatNumbers, reservationId, ttlMs } = request;
  const ttlMicros = ttlMs * 1000;
  const { numAffectedRows } = await holdFree(db, { eventId, seatNumbers, reservationId, ttlMicros });
  // A contended request for a taken seat costs one statement.
  if (numAffectedRows === 0n) return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats: seatNumbers });
  return readHeld(db, request);
}

type HoldValues = SeatNumbers & { readonly reservationId: string; readonly ttlMicros: number };

const holdFree = prepare((db, { reservationId, ttlMicros, ...seats }: Placeholders<HoldValues>) =>
  updateSeats(db, seats)
    .set({
      ...CURRENT_PRICE,
      status: 'HELD',
      reservation_id: reservationId,
      hold_expires_at: laterByMicros(rowClock, ttlMicros),
    })
    .where((eb) =>
      eb.or([
        eb('status', '=', 'AVAILABLE'),
        eb.and([eb('status', '=', 'HELD'), eb('hold_expires_at', '<=', rowClock)]),
      ]),
    ),
);
