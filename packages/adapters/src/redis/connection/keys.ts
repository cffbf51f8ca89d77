import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';

export type Keys = ReturnType<typeof createKeys>;

/** The keys of one waiting room. */
const ROOM_KEYS = {
  /** A hash: the epoch, the configuration, the present window and the totals. */
  room: '',
  /** Sorted set, user → sequence: the waiting line. */
  waiting: ':waiting',
  /** Sorted set, user → end of the claim window. */
  offered: ':offered',
  /** Sorted set, user → end of the time in which a return is admitted first, from the offer until the check-in. */
  parkedUntil: ':parked-until',
  /** Sorted set, user → end of the session. */
  active: ':active',
  /** Sorted set, user → sequence. */
  returned: ':returned',
  /** Hash, user → record, of every place that has been admitted (lua/shared/place.lua). */
  place: ':place',
  /** Sorted set, sequence → moment and reason of the end (ended-score.ts). */
  ended: ':ended',
  /** Sorted set, sequence → moment of the report: the places whose payment has reported the seats that it sold. */
  paid: ':paid',
  /** Sorted set, moment of issue → the first sequence drawn in its bucket. */
  arrivals: ':arrivals',
  /** Sorted set, sequence → sequence: the places above the watermark that left the line without an admission. */
  leftLine: ':left-line',
  /** Hash, bucket → how many realised waits fell into it. */
  waits: ':waits',
  /** List of changes, for snapshots (room-log.ts). */
  log: ':log',
} as const;

export type RoomKeyName = keyof typeof ROOM_KEYS;
export type RoomKeys = Readonly<Record<RoomKeyName, string>>;
export const ROOM_KEY_NAMES = Object.keys(ROOM_KEYS) as readonly RoomKeyName[];

/**
 * Every key in Redis. What one script touches shares a hash tag, the part in braces, so that Redis Cluster keeps it in
 * one hash slot and spreads concerts, events and groups over the nodes.
 */
export function createKeys(prefix: string) {
  return {
    room: (concertId: ConcertId): RoomKeys => {
      const room = `${prefix}:room:{${tag(concertId)}}`;
      const keys: Partial<Record<RoomKeyName, string>> = {};
      for (const name of ROOM_KEY_NAMES) keys[name] = room + ROOM_KEYS[name];
      return keys as RoomKeys;
    },
    /** Set: the concerts whose room is open. In another hash slot than the rooms: never in one script with them, and lost alone. */
    rooms: `${prefix}:rooms`,
    /** A hash with the entries of a group, and the version under which they were read. */
    cache: (group: string) => ({
      entries: `${prefix}:cache:{${tag(group)}}:entries`,
      version: `${prefix}:cache:{${tag(group)}}:version`,
    }),
    /** Channel: the name of each group of the cache that is invalidated. */
    cacheInvalidated: `${prefix}:cache:invalidated`,
    seatLock: (eventId: EventId, seatNumber: number) => `${prefix}:lock:{${tag(eventId)}}:${seatNumber}`,
    /** Channel: the key of each seat lock that is released. */
    seatLockReleased: `${prefix}:lock:released`,
    /** What the readiness check writes, in hash slots that are spread over a cluster. */
    probes: [0, 1, 2, 3].map((number) => `${prefix}:probe:{${number}}`),
    /** BullMQ builds its keys behind this prefix. */
    jobs: `{${prefix}:jobs}`,
  };
}

/** Ids and groups come from URLs too: a brace in one must not move a key into another hash slot than its neighbours. */
function tag(text: string): string {
  return text.replaceAll(/[%{}]/g, encodeURIComponent);
}
