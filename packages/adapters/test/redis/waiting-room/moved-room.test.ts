import { randomUUID } from 'node:crypto';
import {
  type TestRoom,
  openRoom,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { beginToMoveSlot, moveSlotAtomically } from '@frontrow/tests/support/moving-slot.ts';
import { startRedisCluster } from '@frontrow/tests/support/redis-sets/redis-cluster.ts';
import type { RedisSet } from '@frontrow/tests/support/redis-sets/redis-set.ts';
import { seededRandom } from '@frontrow/tests/support/seeded-random.ts';
import { Cluster } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeRedis, openRedis, withUnavailable } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { readRoomContents } from '../../../src/redis/waiting-room/audit/room-contents.ts';
import { ROOM_RULES } from '../../../src/redis/waiting-room/audit/room-rules.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';
import { createMemoryTestPorts } from '../../memory/memory-test-ports.ts';

const ENGINES = ['redis', 'valkey'] as const;
let clusters: Record<(typeof ENGINES)[number], { readonly set: RedisSet; readonly redis: Cluster }>;

beforeAll(async () => {
  const [redis, valkey] = await Promise.all(
    ENGINES.map(async (engine) => {
      const set = await startRedisCluster({ engine });
      const options = { retryDelayOnTryAgain: 1, maxRedirections: 1 };
      return {
        set,
        redis: new Cluster(
          set.nodes.map(({ server }) => server.url),
          options,
        ),
      };
    }),
  );
  clusters = { redis: redis!, valkey: valkey! };
});
afterAll(async () => {
  await Promise.all(
    Object.values(clusters).map(({ set, redis }) => {
      redis.disconnect();
      return set.stop();
    }),
  );
});

/** One installation on a cluster. Its processes have read different things of its rooms. */
function openInstallation(redis: Cluster) {
  const memory = createMemoryTestPorts(Date);
  const keys = createKeys(`test-${randomUUID()}`);
  return {
    memory,
    keys,
    startProcess: () => createRedisWaitingRoom({ ...memory, redis, keys, snapshotFreshMs: 0 }),
    epochOf: async (concertId: string) => (await memory.roomRecords.find(concertId))?.epoch,
  };
}

/** Null where the cluster refuses the work for now, which a fan sees as 503. */
async function unlessRefused<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unavailable) return null;
    throw error;
  }
}

describe.each([1, 2])('while the slot of a room moves key by key, in order %i', (seed) => {
  it('serves a room whole or not at all, raises no epoch, and every fan keeps the place', async () => {
    const random = seededRandom(seed);
    const { set, redis } = clusters.redis;
    const { memory, keys, startProcess, epochOf } = openInstallation(redis);
    const first = startProcess();
    const policy = { batchSize: 4, intervalMs: 600_000 };
    const room = await openRoom({ ...memory, waitingRoom: first }, policy);
    const { concertId } = room;
    const line = await room.joinMany(20);
    await room.end(line[0]!, 'COMPLETED', 1);
    await room.end(line[19]!, 'LEFT');
    const fans = new Map(line.slice(1, 19).map((token) => [token.userId, token]));
    let last = line[19]!.sequence;

    const slot = await beginToMoveSlot(set, keys.room(concertId).room);
    const order = slot.keys.map((key) => ({ key, at: random() })).toSorted((a, b) => a.at - b.at);
    for (const key of [null, ...order.map((each) => each.key)]) {
      if (key !== null) await slot.moveKey(key);
      // A process that starts while the slot moves reads the room first.
      for (const waitingRoom of [first, startProcess()]) {
        const newcomer = await unlessRefused(() => waitingRoom.join(concertId, `fan-${randomUUID()}`));
        expect(newcomer?.token.sequence ?? Infinity).toBeGreaterThan(last);
        if (newcomer !== null) {
          last = newcomer.token.sequence;
          fans.set(newcomer.token.userId, newcomer.token);
        }
        const known = [...fans.values()][Math.floor(random() * fans.size)]!;
        const [again, checkedIn, polled] = await Promise.all([
          unlessRefused(() => waitingRoom.join(concertId, known.userId)),
          unlessRefused(() => waitingRoom.checkIn(ticketOf(known))),
          unlessRefused(() => waitingRoom.freshStatus(ticketOf(known))),
          unlessRefused(() => waitingRoom.admit(concertId)),
          unlessRefused(() => waitingRoom.expire(concertId, 100)),
        ]);
        expect(again?.created ?? false).toBe(false);
        expect(again?.token.sequence ?? known.sequence).toBe(known.sequence);
        for (const status of [checkedIn, polled])
          expect([undefined, 'WAITING', 'ACTIVE']).toContain(status?.token.status);
      }
      expect(await epochOf(concertId)).toBe(1);
    }
    await slot.finish();

    for (const waitingRoom of [first, startProcess()])
      await Promise.all(
        [...fans.values()].map(async ({ userId, sequence }) => {
          const again = await eventually(() => waitingRoom.join(concertId, userId));
          expect(again).toMatchObject({ created: false, token: { userId, sequence } });
        }),
      );
    const contents = await readRoomContents(redis, keys.room(concertId), concertId);
    for (const [rule, find] of Object.entries(ROOM_RULES))
      expect([rule, find(contents!)]).toEqual([rule, []]);
    expect(contents!.waiting.size + contents!.places.size).toBe(fans.size);
    expect((await room.join()).token.sequence).toBeGreaterThan(last);
  });
});

it.each([
  ['Redis moves its slot key by key', 'redis'],
  ['Valkey moves its slot key by key', 'valkey'],
  ['Valkey moves its slot at once', 'valkey at once'],
])('keeps the line of a crowd that joins and leaves a room while %s', async (_, way) => {
  const { set, redis } = clusters[way === 'redis' ? 'redis' : 'valkey'];
  const { memory, keys, startProcess } = openInstallation(redis);
  const processes = [startProcess(), startProcess()];
  const room = await openRoom({ ...memory, waitingRoom: processes[0]! }, { state: 'PAUSED' });
  const line = await room.joinMany(40);
  let attempts = 0;
  const moved = new AbortController();
  const patiently = <T>(work: () => Promise<T>) =>
    eventually(() => {
      attempts += 1;
      return work();
    });
  const untilAttempts = async (count: number) => {
    const from = attempts;
    await eventually(() => expect(attempts - from).toBeGreaterThanOrEqual(count));
  };
  const newcomers: QueueToken[] = [];
  const crowd = Array.from({ length: 8 }, async (__, fan) => {
    const waitingRoom = processes[fan % processes.length]!;
    for (let turn = 0; !moved.signal.aborted; turn += 1) {
      const joined = await patiently(() => waitingRoom.join(room.concertId, `fan-${fan}-${turn}`));
      newcomers.push(joined!.token);
      if (turn % 3 === 2) await patiently(() => waitingRoom.end(joined!.token, 'LEFT'));
      const seen = line[(fan * 7 + turn) % line.length]!;
      const { token } = await patiently(() => waitingRoom.checkIn(ticketOf(seen)));
      expect(token).toMatchObject({ status: 'WAITING', sequence: seen.sequence });
    }
  });
  const { room: roomKey } = keys.room(room.concertId);
  await untilAttempts(10);
  if (way === 'valkey at once') await moveSlotAtomically(set, roomKey);
  else {
    const slot = await beginToMoveSlot(set, roomKey);
    for (const key of slot.keys) {
      await untilAttempts(10);
      await slot.moveKey(key);
    }
    await slot.finish();
  }
  await untilAttempts(10);
  moved.abort();
  await Promise.all(crowd);
  await expectNoPlaceTwice([...line, ...newcomers], room, line);
});

it('fails a redirected command, and nothing else, when the primary dies to which the room moves', async () => {
  const { set } = clusters.redis;
  const key = createKeys(`test-${randomUUID()}`).room('a concert').room;
  const redis = await openRedis({ url: set.url, onError: () => undefined });
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    await redis.hset(key, 'epoch', 1);
    const slot = await beginToMoveSlot(set, key);
    await slot.moveKey(key);
    expect(await redis.hget(key, 'epoch')).toBe('1');
    // It stops before it answers, so that the connection times out with ASKING under way.
    process.kill(slot.target.server.pid!, 'SIGSTOP');
    await expect(withUnavailable(() => redis.hget(key, 'epoch'))).rejects.toThrow(Unavailable);
    await slot.target.server.kill();
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
    await closeRedis(redis);
  }
});

async function expectNoPlaceTwice(
  everyone: readonly QueueToken[],
  room: TestRoom,
  line: readonly QueueToken[],
) {
  expect(new Set(everyone.map(({ sequence }) => sequence)).size).toBe(everyone.length);
  expect(await room.checkInAll(line)).toEqual(line.map((__, index) => index + 1));
}
