import { randomUUID } from 'node:crypto';
import { type RedisClient, closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import { openRoom } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import type { AdmissionPolicy } from '@frontrow/domain/waiting-room/admission.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import { type RoomProcess, startRoomProcess } from './start-room-process.ts';

let testPorts: MysqlTestPorts;
let redis: RedisClient;
const processes: RoomProcess[] = [];

beforeAll(async () => {
  testPorts = await openMysqlTestPorts('grouped');
  redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()));
  await closeRedis(redis);
  await testPorts.close();
});

async function openSharedRoom(admission: Partial<AdmissionPolicy>) {
  const prefix = `test-${randomUUID()}`;
  const keys = createKeys(prefix);
  const waitingRoom = createRedisWaitingRoom({ ...testPorts.ports, redis, keys });
  const room = await openRoom({ ...testPorts.ports, waitingRoom }, admission);
  const { concertId } = room;
  const options = { mysqlUrl: testPorts.url, redisUrl: inject('redisUrl'), prefix, concertId };
  return {
    room,
    keys: keys.room(concertId),
    start: async (clockSkewMs = 0) => {
      const process = await startRoomProcess(options, clockSkewMs);
      processes.push(process);
      return process;
    },
  };
}

const names = (count: number, prefix = 'fan') =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

it('gives a user one place when three processes get 51 concurrent joins', async () => {
  const { room, start } = await openSharedRoom({ state: 'PAUSED' });
  const three = await Promise.all([start(), start(), start()]);
  const tokens = (await Promise.all(three.map((one) => one.join(Array(17).fill('the-same'))))).flat();
  expect(tokens).toHaveLength(51);
  expect(new Set(tokens.map(({ sequence }) => sequence)).size).toBe(1);
  expect(await room.statistics()).toMatchObject({ waiting: 1 });
});

it('keeps 10,000 users who join through three processes in one line, and admits them in its order', async () => {
  const { room, keys, start } = await openSharedRoom({ state: 'PAUSED', batchSize: 2_000, intervalMs: 100 });
  const three = await Promise.all([start(), start(), start()]);
  const joined = await Promise.all(three.map((one, index) => one.join(names(3_334, `of-${index}`))));
  const tokens = joined.flat().toSorted((a, b) => a.sequence - b.sequence);
  expect(new Set(tokens.map(({ sequence }) => sequence)).size).toBe(10_002);
  const line = await redis.zrange(keys.waiting, '0', '-1');
  expect(line).toEqual(tokens.map(({ userId }) => userId));
  const positions = joined.flat().map((token) => (token.status === 'WAITING' ? token.position : null));
  expect(positions.toSorted((a, b) => a! - b!)).toEqual(names(10_002).map((_, index) => index + 1));

  await room.changePolicy({ state: 'RUNNING' });
  for (let admitted = 0; admitted < line.length;) {
    await eventually(async () => expect((await room.admit()).admitted).toBeGreaterThan(0));
    const offered = new Set(await redis.zrange(keys.offered, '0', '-1'));
    admitted = offered.size;
    expect(line.slice(0, admitted).every((user) => offered.has(user))).toBe(true);
  }
});

const BATCH = 40;
const INTERVAL_MS = 100;
const WINDOWS = 60;
const CLAIM_TTL_MS = 600_000;

it('admits every user once with five workers whose clocks differ by a minute and which are killed at random', async () => {
  const policy = { batchSize: BATCH, intervalMs: INTERVAL_MS, claimTtlMs: CLAIM_TTL_MS };
  const { room, keys, start } = await openSharedRoom({ ...policy, state: 'PAUSED' });
  const everyone = names(BATCH * WINDOWS);
  const joiner = await start();
  await joiner.join(everyone);
  const line = await redis.zrange(keys.waiting, '0', '-1');
  await room.changePolicy({ state: 'RUNNING' });

  const skews = [-30_000, -15_000, 0, 15_000, 30_000];
  const keepTicking = async (skewMs: number) => {
    while ((await redis.zcard(keys.waiting)) > 0) {
      const worker = await start(skewMs);
      worker.tick();
      // Each worker lives for a few windows of all five together, so that it is killed in the middle of a tick.
      const end = Number(await redis.hget(keys.room, 'admittedTotal')) + 5 * BATCH;
      await eventually(async () => {
        const isOver = (await redis.zcard(keys.waiting)) === 0;
        expect(isOver || Number(await redis.hget(keys.room, 'admittedTotal')) >= end).toBe(true);
      });
      await worker.kill();
    }
  };
  await Promise.all(skews.map(keepTicking));

  const admitted = await redis.zrange(keys.offered, '0', '-1', 'WITHSCORES');
  const users = admitted.filter((_, index) => index % 2 === 0);
  expect(users).toHaveLength(everyone.length);
  expect(new Set(users)).toEqual(new Set(everyone));
  const admittedAt = new Map(
    users.map((user, index) => [user, Number(admitted[2 * index + 1]) - CLAIM_TTL_MS]),
  );
  const moments = line.map((user) => admittedAt.get(user)!);
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expectWithinAllowance(moments);
});

/** A window opens with its first admission; the next one opens an interval later at the earliest. */
function expectWithinAllowance(moments: readonly number[]): void {
  let [openedAt, used] = [-Infinity, 0];
  for (const moment of moments) {
    if (moment >= openedAt + INTERVAL_MS) [openedAt, used] = [moment, 0];
    used += 1;
    expect(used).toBeLessThanOrEqual(BATCH);
  }
}
