import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';

export type Keys = ReturnType<typeof createKeys>;

/**
 * Every key in Redis. What one script touches shares a hash tag, the part in braces, so that Redis Cluster keeps it in
 * one slot and spreads concerts, events and groups over the nodes.
 */
export function createKeys(prefix: string) {
  return {
    /** A concert's waiting room. Its scripts name every other key of the room after this one, in the same slot. */
    room: (concertId: ConcertId) => `${prefix}:room:{${tag(concertId)}}`,
    /** The concerts whose room has been opened: a key of its own, never in one script with a room. */
    rooms: `${prefix}:rooms`,
    /** What is remembered of a group, and the version that tells whether it may still be remembered. */
    cache: (group: string) => ({
      entries: `${prefix}:cache:{${tag(group)}}:entries`,
      version: `${prefix}:cache:{${tag(group)}}:version`,
    }),
    /** The channel that names each group of the cache as it is invalidated. */
    cacheInvalidated: `${prefix}:cache:invalidated`,
    seatLock: (eventId: EventId, seatNumber: number) => `${prefix}:lock:{${tag(eventId)}}:${seatNumber}`,
    /** The channel that names each seat lock as it is released. */
    seatLockReleased: `${prefix}:lock:released`,
    /** What the readiness check writes. */
    probe: `${prefix}:probe`,
    /** BullMQ builds its keys behind this prefix. */
    jobs: `{${prefix}:jobs}`,
  };
}

/** Ids and groups come from URLs too: a brace in one must not move a key into another slot than its neighbours. */
function tag(text: string): string {
  return text.replaceAll(/[%{}]/g, encodeURIComponent);
}
