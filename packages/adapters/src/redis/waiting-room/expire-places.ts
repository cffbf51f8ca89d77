import type { Transact } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { ExpiryCounts } from '@frontrow/application/ports/waiting-room/waiting-room.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createFanCalls } from './fan-calls.ts';
import type { RunInRoom } from './room-runner.ts';

/** Ends places by time. The database has each end before the room does, so that no loss of Redis brings a place back. */
export type ExpirePlaces = {
  /** Writes the ends to the database alone. */
  record(concertId: ConcertId, places: readonly Place[]): Promise<void>;
  /** Ends a place in the database and then in the room. */
  end(place: Place): Promise<void>;
  /** Ends the places that are over by now, and parks those whose claim window is over, at most `limit`. */
  endDue(concertId: ConcertId, limit: number): Promise<ExpiryCounts>;
};

export function createExpirePlaces(inRoom: RunInRoom, transact: Transact): ExpirePlaces {
  async function record(concertId: ConcertId, places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    await transact(
      async ({ queueEnds }) => {
        await queueEnds.addAll(places.map((place) => ({ ...place, reason: 'EXPIRED' })));
        return ok(undefined);
      },
      { concertId },
    );
  }

  async function recordAndEnd(concertId: ConcertId, places: readonly Place[], parkedMax: number) {
    await record(concertId, places);
    const pairs = places.flatMap(({ userId, sequence }) => [userId, sequence]);
    const counts = await inRoom('expire', concertId, [parkedMax, ...pairs]);
    return counts ?? { parked: 0, expired: 0 };
  }

  const endTogether = createFanCalls<Place, void>(async (concertId, places) => {
    await recordAndEnd(concertId, places, 0);
    return places.map(() => undefined);
  });

  return {
    record,
    end: (place) => endTogether(place.concertId, place),
    async endDue(concertId, limit) {
      const due = (await inRoom('due', concertId, [limit])) ?? [];
      const places: Place[] = [];
      for (let at = 0; at < due.length; at += 2)
        places.push({ concertId, userId: due[at]!, sequence: Number(due[at + 1]) });
      return recordAndEnd(concertId, places, limit - places.length);
    },
  };
}
