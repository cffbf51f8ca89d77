import type {
  QueueEnd,
  QueueEndPurge,
  QueueEndReads,
  QueueEnds,
} from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { MemoryView } from '../store/database.ts';
import { placeKey } from '../store/ended-places.ts';

export function createMemoryQueueEndReads({ tables, clock }: MemoryView): QueueEndReads {
  return {
    find: async (place) => tables.queueEnds.get(placeKey(place))?.reason ?? null,
    async *listRecent(concertId, withinMs) {
      const since = clock.now() - withinMs;
      const rows = [...tables.queueEnds.entries()].map(([, row]) => row);
      yield rows.filter((row) => row.concertId === concertId && row.createdAt >= since);
    },
  };
}

export function createMemoryQueueEnds({ tables, clock }: MemoryView): QueueEnds {
  return {
    ...createMemoryQueueEndReads({ tables, clock }),
    add: async (end) => addEnd(end),
    addAll: async (ends) => ends.forEach(addEnd),
  };

  function addEnd({ concertId, userId, sequence, reason }: QueueEnd): void {
    const key = placeKey({ concertId, userId, sequence });
    if (tables.queueEnds.get(key) === undefined)
      tables.queueEnds.insert(key, { concertId, userId, sequence, reason, createdAt: clock.now() });
  }
}

export function createMemoryQueueEndPurge({ tables, clock }: MemoryView): QueueEndPurge {
  return {
    async purge(olderThanMs, limit) {
      const before = clock.now() - olderThanMs;
      const old = [...tables.queueEnds.entries()]
        .filter(([, { createdAt }]) => createdAt < before)
        .slice(0, limit);
      for (const [key] of old) tables.queueEnds.remove(key);
      return old.length;
    },
  };
}
