import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import { keyOf } from './table.ts';
import type { Tables } from './tables.ts';

/** The user's hold in the concert that is stored as HELD, live or lapsed. */
export function findStoredHold(tables: Tables, concertId: ConcertId, userId: UserId): Reservation | null {
  const id = tables.liveHolds.get(keyOf(userId, concertId));
  return (id !== undefined && tables.reservations.get(id)) || null;
}
