import type {
  QueueEnd,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { MemoryView } from '../store/database.ts';
import { placeKey } from '../store/ended-places.ts';

export function createMemoryQueueEndReads({ tables }: Pick<MemoryView, 'tables'>): QueueEndReads {
  return {
    find: async (place) => tables.queueEnds.get(placeKey(place))?.reason ?? null,
  };
}

export function createMemoryQueueEnds({ tables }: Pick<MemoryView, 'tables'>): QueueEnds {
  return {
    ...createMemoryQueueEndReads({ tables }),
    add: async (end) => addEnd(end),
    addAll: async (ends) => ends.forEach(addEnd),
  };

  function addEnd({ concertId, userId, sequence, reason }: QueueEnd): void {
    const key = placeKey({ concertId, userId, sequence });
    if (tables.queueEnds.get(key) === undefined)
      tables.queueEnds.insert(key, { concertId, userId, sequence, reason });
  }
}
