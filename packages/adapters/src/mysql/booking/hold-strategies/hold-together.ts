import type { HeldSeats, HoldRequest } from '@frontrow/application/ports/booking/seats.ts';
import type { LockMode } from '@frontrow/application/ports/shared/lock-mode.ts';
import { type FreeSeat, mayHoldEach } from '@frontrow/domain/booking/seat.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import type { SeatUnavailable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInstant } from '../../connection/columns.ts';
import { deferSql, runSql, valueBy } from '../../connection/run-sql.ts';
import type { Database } from '../../schema/schema.ts';
import { type SeatRow, toSeat } from '../seat-rows.ts';

/** Locks the seats of all requests with one statement, lets the domain decide, and writes with another. */
export async function holdTogether(
  db: Kysely<Database>,
  requests: readonly HoldRequest[],
  mode: LockMode,
): Promise<readonly (Result<HeldSeats, SeatUnavailable> | null)[]> {
  const { eventId } = requests[0]!;
  const numbers = [...new Set(requests.flatMap(({ seatNumbers }) => seatNumbers))].toSorted((a, b) => a - b);
  const { rows } = await runSql<LockedRow>(db, mode === 'SKIP' ? LOCK_AT_ONCE : LOCK, [eventId, numbers]);
  const locked = new Set(rows.map(({ number }) => number));
  const decided = requests.filter(({ seatNumbers }) => seatNumbers.every((number) => locked.has(number)));
  // The clock after the last lock: from then on no other transaction changes the seats.
  const heldAt = Math.max(...rows.map((row) => toInstant(row.locked_at)));
  const seats = rows.map((row) => toSeat(eventId, row));
  const held = new Map<HoldRequest, readonly FreeSeat[]>();
  const outcomes = new Map<HoldRequest, Result<HeldSeats, SeatUnavailable>>();
  for (const [index, free] of mayHoldEach(decided, seats, heldAt).entries()) {
    const request = decided[index]!;
    if (!free.ok) outcomes.set(request, free);
    else {
      held.set(request, free.value);
      const totalAmount = sum(free.value.map(({ price }) => price));
      outcomes.set(request, ok({ totalAmount, heldAt, holdExpiresAt: heldAt + request.ttlMs }));
    }
  }
  if (held.size > 0) await write(db, [...held.keys()], heldAt);
  return requests.map((request) => outcomes.get(request) ?? (mode === 'SKIP' ? null : goneWith(request)));
}

/** The date was deleted after the request had read it. */
function goneWith({ seatNumbers }: HoldRequest): Result<HeldSeats, SeatUnavailable> {
  return refuse({ code: 'SEAT_UNAVAILABLE', unavailableSeats: seatNumbers });
}

type LockedRow = SeatRow & { readonly locked_at: Date };

const LOCK = `select number, price, next_price, status, reservation_id, hold_expires_at, sysdate(3) as locked_at
  from seat force index (primary) where concert_event_id = ? and number in (?) order by number for update`;
const LOCK_AT_ONCE = `${LOCK} skip locked`;

async function write(db: Kysely<Database>, requests: readonly HoldRequest[], heldAt: number): Promise<void> {
  const { eventId } = requests[0]!;
  const rows = requests.flatMap(({ seatNumbers, reservationId, ttlMs }) =>
    seatNumbers.map((number) => ({ number, reservationId, expiresAt: fromInstant(heldAt + ttlMs) })),
  );
  const numbers = rows.map(({ number }) => number);
  const owners = rows.map(({ reservationId }) => reservationId);
  const expiries = rows.map(({ expiresAt }) => expiresAt);
  await deferSql(db, HOLD, [numbers, owners, numbers, expiries, eventId, numbers]);
}

const HOLD = `update seat force index (primary)
  set price = coalesce(next_price, price), next_price = null, status = 'HELD', reservation_id = ${valueBy('number')}, hold_expires_at = ${valueBy('number')}
  where concert_event_id = ? and number in (?)`;
