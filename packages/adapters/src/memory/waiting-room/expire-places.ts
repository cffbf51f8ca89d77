import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Transact } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import type { MemoryPlace } from './place.ts';
import { type MemoryRoom, endPlace, findPlace } from './room.ts';

/** Ends places by time, in the database and then in the room. Returns how many have ended by this call. */
export type ExpirePlaces = (
  room: MemoryRoom,
  concertId: ConcertId,
  places: readonly MemoryPlace[],
) => Promise<number>;

export function createExpirePlaces(transact: Transact, clock: Clock): ExpirePlaces {
  return async (room, concertId, places) => {
    if (places.length === 0) return 0;
    await transact(
      async ({ queueEnds }) => {
        await queueEnds.addAll(
          places.map(({ userId, sequence }) => ({ concertId, userId, sequence, reason: 'EXPIRED' })),
        );
        return ok(undefined);
      },
      { concertId },
    );
    const present = places.filter(({ userId, sequence }) => findPlace(room, userId)?.sequence === sequence);
    for (const place of present) endPlace(room, place, 'EXPIRED', clock.now());
    return present.length;
  };
}
