import type {
  QueueEnd,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { MemoryView } from './database.ts';
import { keyOf } from './table.ts';

export function createMemoryQueueEndReads({ tables }: Pick<MemoryView, 'tables'>): QueueEndReads {
  return {
    find: async (place) => tables.queueEnds.get(placeKey(place))?.reason ?? null,
  };
}

export function createMemoryQueueEnds({ tables }: Pick<MemoryView, 'tables'>): QueueEnds {
  return {
    ...createMemoryQueueEndReads({ tables }),
    async add({ concertId, userId, sequence, reason }) {
      const key = placeKey({ concertId, userId, sequence });
      if (tables.queueEnds.get(key) === undefined)
        tables.queueEnds.insert(key, { concertId, userId, sequence, reason });
    },
  };
}

/** Those of the places that have ended. */
export function endsOf(tables: MemoryView['tables'], places: readonly Place[]): readonly QueueEnd[] {
  return places.flatMap((place) => tables.queueEnds.get(placeKey(place)) ?? []);
}

function placeKey({ concertId, userId, sequence }: Place): string {
  return keyOf(concertId, userId, sequence);
}
