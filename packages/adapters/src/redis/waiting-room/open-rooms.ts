import {
  type Room,
  type RoomConfig,
  UNKNOWN_ROOM,
  isRoomOver,
} from '@frontrow/domain/waiting-room/admission.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { TICKET_TTL_MS } from '@frontrow/domain/shared/limits.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { RoomRecord, RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { Keys } from '../connection/keys.ts';
import { Cluster } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { hasKeptData } from './kept-data.ts';
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
  /** Takes a room that has been removed off the list. */
  unlist(concertId: ConcertId): Promise<void>;
  /** Reads the epoch again before the next command: a script has refused it. */
  forget(concertId: ConcertId): void;
  configOf(concertId: ConcertId, version: string): Promise<RoomConfig>;
};

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
/** How long an end may have been on its way to Redis. */
const END_DELIVERY_MAX_MS = 600_000;

export function createOpenRooms(options: OpenRoomsOptions): OpenRooms {
  const { redis, run, keys, roomRecords, queueEndReads } = options;
  const epochs = new Map<ConcertId, Promise<string | null>>();
  const configs = new Map<ConcertId, { version: string; config: RoomConfig }>();
  const removedRooms = new LRUCache<ConcertId, RemovedRoom>({ max: REMOVED_MAX, ttl: REMOVED_TTL_MS });
  // A server may come back as another one or without its data.
  onReconnect(redis, () => epochs.clear());

  async function open(concertId: ConcertId): Promise<string | null> {
    const record = await roomRecords.find(concertId);
    if (record === null) return null;
    const roomKeys = keys.room(concertId);
    const found = await run('inspect', roomKeys, '', record.epoch === 0 ? 1 : 0);
    // The run of the server that opened the room still has it. A higher epoch in the database is then another process's,
    // which has raised it and has not opened the room yet: no loss, and nothing to raise.
    const hasRoom =
      found.epoch > 0 && (found.openedBy === found.server || (await adopt(concertId, record, found)));
    if (hasRoom && found.epoch >= record.epoch) {
      // The process that opened it may have stopped before it listed it.
      await redis.sadd(keys.rooms, concertId);
      return String(found.epoch);
    }
    if (!hasRoom && record.epoch > 0 && isRoomOver(record.config, found.now)) {
      // No tick removes the copy that a server has after a restart, because it is not opened again.
      if (found.epoch > 0) await run('remove', roomKeys, found.epoch);
      return null;
    }

    let epoch = record.epoch;
    if (!hasRoom) {
      do epoch = await roomRecords.raiseEpoch(concertId, epoch);
      while (epoch <= found.epoch);
    }
    const { admission } = record.config;
    const isLoss = !hasRoom && record.epoch > 0 && !found.isFirstOpening;
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

  /** Whether the server has restarted with the whole of the room. */
  async function adopt(
    concertId: ConcertId,
    { epoch, watermark }: RoomRecord,
    found: RoomReply<'inspect'>,
  ): Promise<boolean> {
    // An old backup has a lower watermark than the database.
    if (found.epoch !== epoch || found.watermark < watermark) return false;
    if (!(await hasKeptData(redis, found.server))) return false;
    return run('adopt', keys.room(concertId), found.epoch, found.server);
  }

  /** Ends the places in an old copy of a room that the database has ended since. A new count has the seats they sold. */
  async function repeatEnds(concertId: ConcertId, { now, lastTickAt }: RoomReply<'inspect'>): Promise<void> {
    const withinMs = lastTickAt === null ? TICKET_TTL_MS : now - lastTickAt + END_DELIVERY_MAX_MS;
    const roomKeys = keys.room(concertId);
    for await (const ends of queueEndReads.listRecent(concertId, withinMs)) {
      const args = ends.flatMap(({ userId, sequence, reason }) => [userId, sequence, reason, 0]);
      await run('end', roomKeys, '', ...args);
    }
  }

  return {
    epochOf(concertId) {
      const known = epochs.get(concertId);
      if (known !== undefined) return known;
      const opening = open(concertId);
      epochs.set(concertId, opening);
      const drop = () => {
        if (epochs.get(concertId) === opening) epochs.delete(concertId);
      };
      opening.then((epoch) => (epoch === null ? drop() : void removedRooms.delete(concertId)), drop);
      return opening;
    },
    async findRemoved(concertId) {
      const record = await roomRecords.find(concertId);
      if (record === null) return null;
      const { now } = await run('inspect', keys.room(concertId), '', 0);
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

/** Calls back after every loss and every opening of a connection, of each node of a cluster too. */
function onReconnect(redis: RedisClient, forget: () => void): void {
  const watch = (node: RedisClient) => node.on('close', forget).on('ready', forget);
  watch(redis);
  if (!(redis instanceof Cluster)) return;
  redis.nodes().forEach(watch);
  redis.on('+node', watch);
}
