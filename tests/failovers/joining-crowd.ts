import { randomUUID } from 'node:crypto';
import { closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import type { MysqlTestPorts } from '../support/mysql-test-ports.ts';
import type { RedisSet } from '../support/redis-sets/redis-set.ts';
import { createRoomFans } from './room-fans.ts';

export type CrowdOutcome = {
  readonly epochsRaised: number;
  /** What the room lacks of all that was acknowledged, after every fan has polled once where the epoch was raised. */
  readonly missing: readonly string[];
  readonly drawnTwice: readonly number[];
  /** The longest time without an acknowledged join, in ms. */
  readonly silenceMs: number;
};

export type JoiningCrowd = {
  /** A key of the room. */
  readonly key: string;
  /** Fans join by every process while `work` runs, and until each process has acknowledged a join after it. */
  joinDuring(work: () => Promise<unknown>): Promise<CrowdOutcome>;
  close(): Promise<void>;
};

const PROCESSES = 3;
const BEFORE_MS = 500;
const AFTER_MS = 500;
/** Longer than all fans need to return. */
const GRACE_MS = 60_000;
const BACK_WITHIN_MS = 60_000;

/** Fans who join one room by several processes, as fast as these answer. */
export async function openJoiningCrowd(testPorts: MysqlTestPorts, set: RedisSet): Promise<JoiningCrowd> {
  const keys = createKeys(`test-${randomUUID()}`);
  const clients = await Promise.all(
    Array.from({ length: PROCESSES }, () => openRedis({ url: set.url, onError: () => {} })),
  );
  const rooms = clients.map((redis) =>
    createRedisWaitingRoom({ ...testPorts.ports, redis, keys, snapshotFreshMs: 0 }),
  );
  const [first] = rooms as [(typeof rooms)[number]];
  const policy = { recoveryGraceMs: GRACE_MS, intervalMs: 200, batchSize: 2, maxActive: 20 };
  const { concertId } = await openRoom({ ...testPorts.ports, waitingRoom: first }, policy);
  const fans = createRoomFans(testPorts.ports, concertId);
  const epoch = () => eventually(async () => (await first.statistics(concertId)).epoch, BACK_WITHIN_MS);

  return {
    key: keys.room(concertId).room,
    async joinDuring(work) {
      const over = new AbortController();
      let [lastAt, silenceMs] = [performance.now(), 0];
      const joinUntilOver = async (room: (typeof rooms)[number]) => {
        while (!over.signal.aborted) {
          const token = await fans.join(room);
          if (token === null) {
            await setTimeout(20);
            continue;
          }
          silenceMs = Math.max(silenceMs, performance.now() - lastAt);
          lastAt = performance.now();
          await room.admit(concertId).catch(() => null);
        }
      };
      const before = await epoch();
      const joining = rooms.map(joinUntilOver);
      try {
        await setTimeout(BEFORE_MS);
        await work();
        for (const room of rooms)
          await eventually(async () => {
            if ((await fans.join(room)) === null) throw new Error('the process does not serve');
          }, BACK_WITHIN_MS);
        await setTimeout(AFTER_MS);
      } finally {
        over.abort();
        await Promise.all(joining);
      }
      const epochsRaised = (await epoch()) - before;
      if (epochsRaised > 0) await fans.returnAll(first);
      const missing = await fans.findMissing(first);
      return { epochsRaised, missing, drawnTwice: fans.drawnTwice, silenceMs: Math.round(silenceMs) };
    },
    async close() {
      await Promise.all(clients.map(closeRedis));
    },
  };
}
