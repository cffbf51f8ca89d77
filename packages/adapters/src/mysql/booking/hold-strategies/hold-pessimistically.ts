import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { mayHold } from '@frontrow/domain/booking/seat.ts';
import type { Kysely } from 'kysely';
import { fromInstant, rowClock } from '../../connection/columns.ts';
import type { Database } from '../../schema/schema.ts';
import { CURRENT_PRICE, selectSeats, toSeat, updateSeats } from '../seat-rows.ts';

/** Locks the rows, lets the domain decide, and writes. */
export async function holdPessimistically(
  db: Kysely<Database>,
  request: HoldRequest,
): Promise<Result<HeldSeats, SeatUnavailable>> {
  const { eventId, seatNumbers, reservationId, ttlMs } = request;
  const rows = await selectSeats(db, request).select(rowClock.as('locked_at')).forUpdate().execute();
  invariant(
    rows.length === seatNumbers.length,
    `event ${eventId} lacks one of the seats ${seatNumbers.join()}`,
  );
  // The clock after the last lock: from then on no other transaction changes the seats.
  const heldAt = Math.max(...rows.map(({ locked_at: lockedAt }) => lockedAt.getTime()));
  const free = mayHold(
    rows.map((row) => toSeat(eventId, row)),
    heldAt,
  );
  if (!free.ok) return free;
  const holdExpiresAt = heldAt + ttlMs;
  await updateSeats(db, request)
    .set({
      ...CURRENT_PRICE,
      status: 'HELD',
      reservation_id: reservationId,
      hold_expires_at: fromInstant(holdExpiresAt),
    })
    .execute();
  return ok({ totalAmount: sum(free.value.map(({ price }) => price)), heldAt, holdExpiresAt });
}
