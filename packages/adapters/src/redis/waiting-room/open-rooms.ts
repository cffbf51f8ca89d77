import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type Room, type RoomConfig, UNKNOWN_ROOM } from '@frontrow/domain/waiting-room/admission.ts';
import { LRUCache } from 'lru-cache';
import { createKnownPrimaries } from './known-primaries.ts';
import { type RoomOpeningOptions, createRoomOpening } from './room-opening.ts';

export type RemovedRoom = { readonly room: Room; readonly asOf: Instant };

/** The rooms that are open on the Redis server of this process's present connection. */
export type OpenRooms = {
  /**
   * The room's epoch. Opens the room where the server does not have it. Null for an unknown concert, and for a room that
   * is over and has been removed.
   */
  epochOf(concertId: ConcertId): Promise<string | null>;
  /** A room that is over and has been removed, now. Null for an unknown concert. */
  findRemoved(concertId: ConcertId): Promise<RemovedRoom | null>;
  /** A room that `findRemoved` has found within the last second and that this process has not opened since. */
  recentlyRemoved(concertId: ConcertId): RemovedRoom | undefined;
  /** Lists the room again, by opening it anew. False for an unknown concert, and for a removed room. */
  enlist(concertId: ConcertId): Promise<boolean>;
  /** Takes a room that has been removed off the list. */
  unlist(concertId: ConcertId): Promise<void>;
  /** Reads the epoch again before the next command: a script has refused it. */
  forget(concertId: ConcertId): void;
  /** A script that was sent at this moment of `performance.now()` has run in the room. */
  noteUse(concertId: ConcertId, sentAt: number): void;
  configOf(concertId: ConcertId, version: string): Promise<RoomConfig>;
};

/** The clients of a removed room may poll on, and none of their polls may cost a read of the database. */
const REMOVED_TTL_MS = 1_000;
const REMOVED_MAX = 1_000;
export function createOpenRooms(options: RoomOpeningOptions): OpenRooms {
  const { redis, run, keys, roomRecords } = options;
  const primaries = createKnownPrimaries(redis);
  const open = createRoomOpening(options, primaries);
  const epochs = new Map<ConcertId, Promise<string | null>>();
  const configs = new Map<ConcertId, { version: string; config: RoomConfig }>();
  const removedRooms = new LRUCache<ConcertId, RemovedRoom>({ max: REMOVED_MAX, ttl: REMOVED_TTL_MS });

  function epochOf(concertId: ConcertId): Promise<string | null> {
    const known = epochs.get(concertId);
    if (known !== undefined) return known;
    const opening = open(concertId);
    epochs.set(concertId, opening);
    const drop = () => {
      if (epochs.get(concertId) === opening) epochs.delete(concertId);
    };
    opening.then((epoch) => (epoch === null ? drop() : void removedRooms.delete(concertId)), drop);
    return opening;
  }

  return {
    epochOf,
    async enlist(concertId) {
      epochs.delete(concertId);
      return (await epochOf(concertId)) !== null;
    },
    async findRemoved(concertId) {
      const record = await roomRecords.find(concertId);
      if (record === null) return null;
      const { now } = await run('inspect', keys.room(concertId), '');
      const removed = { room: { ...UNKNOWN_ROOM, config: record.config }, asOf: now };
      removedRooms.set(concertId, removed);
      return removed;
    },
    recentlyRemoved: (concertId) => removedRooms.get(concertId),
    async unlist(concertId) {
      await redis.srem(keys.rooms, concertId);
      // It may have been opened again, for a new date, before it was taken off the list.
      if ((await redis.exists(keys.room(concertId).room)) === 1) await redis.sadd(keys.rooms, concertId);
    },
    noteUse: (concertId, sentAt) => primaries.noteUse(concertId, sentAt),
    forget: (concertId) => void epochs.delete(concertId),
    async configOf(concertId, version) {
      const known = configs.get(concertId);
      if (known?.version === version) return known.config;
      const json = await redis.hget(keys.room(concertId).room, 'config');
      const config = JSON.parse(json ?? 'null') as RoomConfig;
      configs.set(concertId, { version: String(config.version), config });
      return config;
    },
  };
}
