import type { RoomConfig } from '@frontrow/domain/waiting-room/admission.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { RoomRecords } from '@frontrow/application/ports/waiting-room/room-records.ts';
import type { Keys } from '../connection/keys.ts';
import { Cluster } from 'ioredis';
import { configFields } from './room-reply.ts';
import type { RedisClient, RunRoomScript } from './room-scripts.ts';

/** The rooms that this process has found open on the server that it is connected to now. */
export type OpenRooms = {
  /** The room's epoch, opening the room where the server has lost it. Null for an unknown concert. */
  epochOf(concertId: ConcertId): Promise<string | null>;
  /** The room turned out to have another epoch than this process believed. */
  forget(concertId: ConcertId): void;
  configOf(concertId: ConcertId, version: string): Promise<RoomConfig>;
};

type OpenRoomsOptions = { redis: RedisClient; run: RunRoomScript; keys: Keys; roomRecords: RoomRecords };

/** What lua/inspect.lua answers. */
type Inspected = [epoch: string, openedBy: string, server: string, isFirst: number];

export function createOpenRooms({ redis, run, keys, roomRecords }: OpenRoomsOptions): OpenRooms {
  const epochs = new Map<ConcertId, Promise<string | null>>();
  const configs = new Map<ConcertId, { version: string; config: RoomConfig }>();
  // A server that was away may come back as another one, or without its data: look again before the next command.
  onDisturbance(redis, () => epochs.clear());

  async function open(concertId: ConcertId): Promise<string | null> {
    const record = await roomRecords.find(concertId);
    if (record === null) return null;
    const key = keys.room(concertId);
    const inspected = (await run('inspect', key, '', record.epoch === 0 ? 1 : 0)) as Inspected;
    const [epochText, openedBy, server, isFirst] = inspected;
    const epochThere = Number(epochText);
    // What this run of the server has opened it still remembers. An epoch that is higher in the database then belongs to
    // another process that has raised it and has not opened the room yet: no loss, and nothing to raise.
    const hasMemory = epochThere > 0 && openedBy === server;
    if (hasMemory && epochThere >= record.epoch) return epochText;

    let epoch = record.epoch;
    if (!hasMemory) {
      do epoch = await roomRecords.raiseEpoch(concertId, epoch);
      while (epoch <= epochThere);
    }
    const { admission } = record.config;
    // A window may have been open when the memory was lost: the next one keeps its distance to that.
    const isLoss = !hasMemory && record.epoch > 0 && isFirst === 0;
    const graceMs = isLoss ? Math.max(admission.recoveryGraceMs, admission.intervalMs) : 0;
    const config = configArguments(record.config);
    const opened = await run('open', key, epoch, graceMs, record.watermark, ...config);
    await redis.sadd(keys.rooms, concertId);
    // A change that was written while the room was being opened found no room to tell it to.
    const latest = await roomRecords.find(concertId);
    if (latest !== null && latest.config.version > record.config.version)
      await run('configure', key, '', ...configArguments(latest.config));
    return String(opened);
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
      opening.then((epoch) => epoch === null && drop(), drop);
      return opening;
    },
    forget: (concertId) => void epochs.delete(concertId),
    async configOf(concertId, version) {
      const known = configs.get(concertId);
      if (known?.version === version) return known.config;
      const json = await redis.hget(keys.room(concertId), 'config');
      const config = JSON.parse(json ?? 'null') as RoomConfig;
      configs.set(concertId, { version: String(config.version), config });
      return config;
    },
  };
}

export function configArguments(config: RoomConfig): (string | number)[] {
  return [config.version, JSON.stringify(config), ...configFields(config)];
}

/** Calls back whenever a connection is lost or made, also one of a single node of a cluster. */
function onDisturbance(redis: RedisClient, forget: () => void): void {
  const watch = (node: RedisClient) => node.on('close', forget).on('ready', forget);
  watch(redis);
  if (!(redis instanceof Cluster)) return;
  redis.nodes().forEach(watch);
  redis.on('+node', watch);
}
