import { setTimeout as delay } from 'node:timers/promises';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import {
  type RoomContents,
  readRoomContents,
} from '@frontrow/adapters/redis/waiting-room/audit/room-contents.ts';
import { ROOM_RULES } from '@frontrow/adapters/redis/waiting-room/audit/room-rules.ts';
import { startLoop } from '../support/start-loop.ts';
import { type Installation, KEY_PREFIX } from './installation.ts';
import type { Records } from './records.ts';

/** Reads the room over and over: audits it, and finds who is admitted before somebody who waits ahead. */
export type RoomWatch = {
  readonly readings: () => number;
  readonly admitted: () => number;
  stop(): Promise<void>;
};

const EVERY_MS = 50;

export function watchRoom(installation: Installation, concertId: string, records: Records): RoomWatch {
  const key = createKeys(KEY_PREFIX).room(concertId);
  /** Users with sequences that were admitted once; a session that comes back from its ticket is no admission. */
  const everActive = new Set<string>();
  let readings = 0;
  let before: RoomContents | null = null;
  let beforeAt = 0;

  function judge(now: RoomContents): void {
    for (const [rule, findBroken] of Object.entries(ROOM_RULES))
      for (const row of findBroken(now).slice(0, 1)) records.complain(rule, JSON.stringify(row));
    const admitted = [...now.active.keys()].flatMap((user) => {
      const sequence = now.places.get(user)?.sequence ?? 0;
      const place = `${user} ${sequence}`;
      // Where Redis was lost in between, whoever has been seen ACTIVE may have come back from a ticket.
      const knownUntil = before?.epoch === now.epoch ? beforeAt : Infinity;
      const isKnown = (records.seenActiveAt.get(place) ?? Infinity) < knownUntil;
      const isNew = !everActive.has(place) && !isKnown;
      everActive.add(place);
      return isNew ? [{ user, sequence }] : [];
    });
    if (before === null) return;
    const waitsFrom = lowestOf(
      [...now.waiting].filter(([user, sequence]) => before?.waiting.get(user) === sequence),
    );
    const overtakers = admitted.filter(({ sequence }) => sequence > waitsFrom);
    for (const { user, sequence } of overtakers)
      records.complain(
        'nobody is admitted before somebody who waits ahead',
        `${user} ${sequence}, ahead ${waitsFrom}`,
      );
  }
  let server = installation.redis();
  let redis = installation.connectToRedis();
  const loop = startLoop(async () => {
    await delay(EVERY_MS);
    if (installation.redis() !== server) {
      redis.disconnect();
      server = installation.redis();
      redis = installation.connectToRedis();
    }
    const readAt = performance.now();
    const now = await readRoomContents(redis, key, concertId).catch(() => null);
    if (now === null) return; // Redis is away, or the room is not open yet
    readings += 1;
    judge(now);
    before = now;
    beforeAt = readAt;
  });
  return {
    readings: () => readings,
    admitted: () => everActive.size,
    async stop() {
      await loop.stop();
      redis.disconnect();
    },
  };
}

function lowestOf(waiting: readonly (readonly [string, number])[]): number {
  return waiting.reduce((lowest, [, sequence]) => Math.min(lowest, sequence), Infinity);
}
