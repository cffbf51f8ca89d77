import {
  type Room,
  type RoomConfig,
  UNKNOWN_ROOM,
  isRoomOver,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { TICKET_TTL_MS } from '@frontrow/domain/shared/limits.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import { setTimeout } from 'node:timers/promises';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { RoomRecord, RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { Keys } from '../connection/keys.ts';
import { Cluster } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { isPromotedFrom, createRoomProofs } from './room-proofs.ts';
import { createKnownPrimaries } from './known-primaries.ts';
import type { RoomReply } from './room-replies.ts';
import type { RedisClient, RunRoomScript, ScriptArgument } from './room-scripts.ts';

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

type FoundRoom = RoomReply<'inspect'>;

type OpenRoomsOptions = {
  redis: RedisClient;
  run: RunRoomScript;
  keys: Keys;
  roomRecords: RoomRecords;
  queueEndReads: QueueEndReads;
};

/** The clients of a removed room may poll on, and none of their polls may cost a read of the database. */
const REMOVED_TTL_MS = 1_000;
const REMOVED_MAX = 1_000;
/** A primary that hands over is a replica of the next one at once; a cluster needs a moment to tell it. */
const PROOF_WITHIN_MS = 2_000;
/** How long another process that has raised the epoch may take to open the room. */
const OPENING_WITHIN_MS = 500;
const INSPECT_EVERY_MS = 50;
/** How long an end may have been on its way to Redis. */
const END_DELIVERY_MAX_MS = 600_000;

export function createOpenRooms(options: OpenRoomsOptions): OpenRooms {
  const { redis, run, keys, roomRecords, queueEndReads } = options;
  const primaries = createKnownPrimaries(redis);
  const keepsEveryWrite = createRoomProofs(redis, primaries);
  const epochs = new Map<ConcertId, Promise<string | null>>();
  const configs = new Map<ConcertId, { version: string; config: RoomConfig }>();
  const removedRooms = new LRUCache<ConcertId, RemovedRoom>({ max: REMOVED_MAX, ttl: REMOVED_TTL_MS });

  /** Null for an unknown concert, and for a room that is over. */
  async function open(concertId: ConcertId): Promise<string | null> {
    const startedAt = performance.now();
    const hasWaited = (ms: number) => performance.now() - startedAt > ms;
    for (;;) {
      const record = await roomRecords.find(concertId);
      if (record === null) return null;
      const found = await run('inspect', keys.room(concertId), '');
      if (isOwner(record, found) || (await adopt(concertId, record, found))) {
        // The process that opened it may have stopped before it listed it.
        await redis.sadd(keys.rooms, concertId);
        return String(found.epoch);
      }
      const isWaiting =
        (mayBeProven(record, found) && !hasWaited(PROOF_WITHIN_MS)) ||
        (found.isOpening && !hasWaited(OPENING_WITHIN_MS));
      if (!isWaiting) {
        if (record.epoch > 0 && isRoomOver(record.config, found.now)) {
          // No tick removes the copy that a server has after a restart, because it is not opened again.
          if (found.epoch > 0) await run('remove', keys.room(concertId), found.epoch);
          return null;
        }
        const opened = await openAgain(concertId, record, found);
        if (opened !== null) return opened;
      }
      await setTimeout(INSPECT_EVERY_MS);
    }
  }

  /** Opens the room under an epoch that no other process opens it under, here or on another server. Null for one that lost. */
  async function openAgain(
    concertId: ConcertId,
    record: RoomRecord,
    found: FoundRoom,
  ): Promise<string | null> {
    const roomKeys = keys.room(concertId);
    // Where the server refuses writes, it refuses this one, and no epoch is used up.
    await run('announce-opening', roomKeys, '', record.epoch);
    const epoch = Math.max(record.epoch, found.epoch) + 1;
    if (!(await roomRecords.raiseEpoch(concertId, { from: record.epoch, to: epoch }))) return null;
    const { admission } = record.config;
    const isLoss = record.epoch > 0 && !found.isFirstOpening;
    if (isLoss && found.epoch > 0) await repeatEnds(concertId, found);
    // The lost room may just have opened a window: the next one opens no sooner than an interval later.
    const graceMs = isLoss ? Math.max(admission.recoveryGraceMs, admission.intervalMs) : 0;
    const config = configArguments(record.config);
    const opened = await run('open', roomKeys, '', epoch, graceMs, record.watermark, ...config);
    await redis.sadd(keys.rooms, concertId);
    // A configuration that was written while the room was not open yet has not reached it.
    const latest = await roomRecords.find(concertId);
    if (latest !== null && latest.config.version > record.config.version)
      await run('configure', roomKeys, '', ...configArguments(latest.config));
    return opened;
  }

  /** Keeps a room that comes from another server, or from an earlier run, where it is proven to be whole. */
  async function adopt(concertId: ConcertId, record: RoomRecord, found: FoundRoom): Promise<boolean> {
    if (!mayKeep(record, found) || !(await keepsEveryWrite(concertId, found))) return false;
    return run('adopt', keys.room(concertId), found.epoch, found.history, found.serverHistory);
  }

  /** Whether the server may yet turn out to have every write of the room. */
  function mayBeProven(record: RoomRecord, found: FoundRoom): boolean {
    return mayKeep(record, found) && (isPromotedFrom(found) || redis instanceof Cluster);
  }

  /** Ends the places in an old copy of a room that the database has ended since. A new count has the seats they sold. */
  async function repeatEnds(concertId: ConcertId, { now, lastTickAt }: FoundRoom): Promise<void> {
    const withinMs = lastTickAt === null ? TICKET_TTL_MS : now - lastTickAt + END_DELIVERY_MAX_MS;
    const roomKeys = keys.room(concertId);
    for await (const ends of queueEndReads.listRecent(concertId, withinMs)) {
      const args = ends.flatMap(({ userId, sequence, reason }) => [userId, sequence, reason, 0]);
      await run('end', roomKeys, '', ...args);
    }
  }

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

/** Version, JSON, then field, value, … for the scripts: every value a string, an absent cap empty. A window whose sales are stopped ends with `!`. */
export function configArguments(config: RoomConfig): ScriptArgument[] {
  const { version, admission } = config;
  const windows = config.windows.map(
    ({ reservationStartAt, reservationEndAt, stop }) =>
      `${reservationStartAt}-${reservationEndAt}${stop === undefined ? '' : '!'}`,
  );
  const fields = Object.entries({ ...admission, windows: windows.join(';') });
  return [
    version,
    JSON.stringify(config),
    ...fields.flatMap(([field, value]) => [field, value === null ? '' : String(value)]),
  ];
}

/**
 * Whether the server has the room with every write that was acknowledged. Where the database has a higher epoch, the room
 * has been opened on another server.
 */
function isOwner(record: RoomRecord, { epoch, history, serverHistory }: FoundRoom): boolean {
  return epoch > 0 && epoch >= record.epoch && history === serverHistory;
}

/** Whether the database knows of nothing later than the room. An old backup has a lower watermark. */
function mayKeep(record: RoomRecord, { epoch, watermark }: FoundRoom): boolean {
  return epoch > 0 && epoch === record.epoch && watermark >= record.watermark;
}
