import { setTimeout } from 'node:timers/promises';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { TICKET_TTL_MS } from '@frontrow/domain/shared/limits.ts';
import { isRoomOver } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueEndReads } from '@frontrow/application/ports/waiting-room/queue-ends.ts';
import type { RoomRecord, RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import { Cluster } from 'ioredis';
import type { Keys } from '../connection/keys.ts';
import { configArguments } from './config-arguments.ts';
import type { KnownPrimaries } from './known-primaries.ts';
import { createRoomProofs, isPromotedFrom } from './room-proofs.ts';
import type { RoomReply } from './room-replies.ts';
import type { RedisClient, RunRoomScript } from './room-scripts.ts';

export type RoomOpeningOptions = {
  readonly redis: RedisClient;
  readonly run: RunRoomScript;
  readonly keys: Keys;
  readonly roomRecords: RoomRecords;
  readonly queueEndReads: QueueEndReads;
};

type FoundRoom = RoomReply<'inspect'>;

/** A primary that hands over is a replica of the next one at once; a cluster needs a moment to tell it. */
const PROOF_WITHIN_MS = 2_000;
/** How long another process that has raised the epoch may take to open the room. */
const OPENING_WITHIN_MS = 500;
const INSPECT_EVERY_MS = 50;
/** How long an end may have been on its way to Redis. */
const END_DELIVERY_MAX_MS = 600_000;

/**
 * Opens a room on the server that has its keys, unless it is open there, and returns its epoch. Null for an unknown
 * concert, and for a room that is over.
 */
export function createRoomOpening(
  options: RoomOpeningOptions,
  primaries: KnownPrimaries,
): (concertId: ConcertId) => Promise<string | null> {
  const { redis, run, keys, roomRecords } = options;
  const keepsEveryWrite = createRoomProofs(redis, primaries);

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
    if (isLoss && found.epoch > 0) await repeatEnds(options, concertId, found);
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

  return async function open(concertId: ConcertId): Promise<string | null> {
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
  };
}

/** Ends the places in an old copy of a room that the database has ended since. A new count has the seats they sold. */
async function repeatEnds(
  { run, keys, queueEndReads }: RoomOpeningOptions,
  concertId: ConcertId,
  { now, lastTickAt }: FoundRoom,
): Promise<void> {
  const withinMs = lastTickAt === null ? TICKET_TTL_MS : now - lastTickAt + END_DELIVERY_MAX_MS;
  const roomKeys = keys.room(concertId);
  for await (const ends of queueEndReads.listRecent(concertId, withinMs)) {
    const args = ends.flatMap(({ userId, sequence, reason }) => [userId, sequence, reason, 0]);
    await run('end', roomKeys, '', ...args);
  }
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
