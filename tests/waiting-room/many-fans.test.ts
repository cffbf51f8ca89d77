import { randomUUID } from 'node:crypto';
import { type RedisClient, closeRedis, openRedis } from '@frontrow/adapters/redis/connection/connection.ts';
import { createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { createRedisWaitingRoom } from '@frontrow/adapters/redis/waiting-room/waiting-room.ts';
import {
  SOLD_OUT,
  openRoom,
  poll,
  ticketOf,
} from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { type AdmissionPolicy, isRestoring } from '@frontrow/domain/waiting-room/admission.ts';
import type { QueueToken } from '@frontrow/domain/waiting-room/queue-token.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MysqlTestPorts, openMysqlTestPorts } from '../support/mysql-test-ports.ts';
import { mapInBatches } from '../support/map-in-batches.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';

let testPorts: MysqlTestPorts;
let server: PrivateServer;
let redis: RedisClient;

beforeAll(async () => {
  testPorts = await openMysqlTestPorts('grouped');
  server = await startPrivateRedis();
  redis = await openRedis({ url: server.url, onError: () => {} });
});
afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
  await testPorts.close();
});

/** A waiting room and several instances that serve it, each with its own snapshots. */
async function openInstances(count: number, admission: Partial<AdmissionPolicy>, clockLua?: string) {
  const keys = createKeys(`test-${randomUUID()}`);
  const options = { snapshotFreshMs: 20, ...(clockLua === undefined ? {} : { clockLua }) };
  const instances = Array.from({ length: count }, () =>
    createRedisWaitingRoom({ ...testPorts.ports, redis, keys, ...options }),
  );
  const room = await openRoom({ ...testPorts.ports, waitingRoom: instances[0]! }, admission);
  return { room, instances };
}

it('goes on past fans who do not check in, and admits them first when they return', async () => {
  const batchSize = 20;
  const { room } = await openInstances(1, {
    state: 'PAUSED',
    batchSize,
    intervalMs: 100,
    claimTtlMs: 3_000,
  });
  const line = await room.joinMany(200);
  const isSilent = (token: QueueToken) => line.indexOf(token) % 10 < 3;
  const [silent, present] = [line.filter(isSilent), line.filter((token) => !isSilent(token))];
  await room.changePolicy({ state: 'RUNNING' });

  const outside = new Set(present);
  await eventually(async () => {
    await room.admit();
    await room.expire();
    for (const token of outside)
      if ((await room.checkIn(token)).token.status === 'ACTIVE') outside.delete(token);
    expect(outside.size).toBe(0);
  });
  await eventually(async () => {
    await room.expire();
    expect(await room.statistics()).toMatchObject({ waiting: 0, parked: silent.length });
  });

  await room.changePolicy({ claimTtlMs: 600_000 });

  // Newcomers are behind the silent fans, who return in reverse order.
  const { admittedTotal } = await room.statistics();
  const newcomers = await room.joinMany(5);
  expect(await room.checkInAll(newcomers)).toEqual([1, 2, 3, 4, 5]);
  expect(await room.checkInAll(silent.toReversed())).toEqual(silent.map(() => 'parked'));
  expect(await room.checkInAll(newcomers)).toEqual([1, 2, 3, 4, 5]);
  const windows: string[][] = [];
  const waiting = new Set([...silent, ...newcomers]);
  await eventually(async () => {
    const { admitted } = await room.admit();
    if (admitted > 0) {
      const inside: string[] = [];
      for (const token of waiting)
        if ((await room.checkIn(token)).token.status === 'ACTIVE') {
          inside.push(token.userId);
          waiting.delete(token);
        }
      windows.push(inside);
    }
    expect(waiting.size).toBe(0);
  });
  expect(windows.flat()).toEqual([...silent, ...newcomers].map(({ userId }) => userId));
  expect(windows.slice(0, Math.ceil(silent.length / batchSize)).flat()).toEqual(
    expect.arrayContaining(silent.map(({ userId }) => userId)),
  );
  expect((await room.statistics()).admittedTotal).toBe(admittedTotal + silent.length + newcomers.length);
});

it('shows no waiting fan a growing position on any instance, while others leave and are admitted', async () => {
  const { room, instances } = await openInstances(3, { state: 'PAUSED', batchSize: 15, intervalMs: 100 });
  const line = await room.joinMany(120);
  const seen = new Map<string, { asOf: number; position: number }[]>(line.map(({ userId }) => [userId, []]));
  const pollAll = async (round: number) => {
    for (const [index, token] of line.entries()) {
      const { token: now, asOf } = await poll(instances[(index + round) % 3]!, token);
      if (now.status === 'WAITING' && now.position !== null && !now.parked)
        seen.get(token.userId)!.push({ asOf, position: now.position });
    }
  };
  await pollAll(0);
  await room.changePolicy({ state: 'RUNNING' });
  for (let round = 1; (await room.statistics()).waiting > 0; round += 1) {
    await room.end(line[(round * 37) % line.length]!, 'LEFT');
    await room.admit();
    await pollAll(round);
  }
  for (const polls of seen.values()) {
    const positions = polls.toSorted((a, b) => a.asOf - b.asOf || b.position - a.position);
    expect(positions.map(({ position }) => position)).toEqual(
      positions.map(({ position }) => position).toSorted((a, b) => b - a),
    );
  }
});

it('keeps the order of 5,000 polling fans when Redis is emptied, and ended places stay ended', async () => {
  const [intervalMs, recoveryGraceMs] = [1_000, 60_000];
  const policy = { state: 'PAUSED', batchSize: 1_000, intervalMs, recoveryGraceMs } as const;
  let now = Date.now();
  const setTime = () => redis.set('clock', now);
  const clock = `local now = tonumber(redis.call('GET', 'clock'))`; // the grace lasts as long as this test needs
  await setTime();
  const { room, instances } = await openInstances(3, policy, clock);
  const users = Array.from({ length: 5_000 }, (_, index) => `fan-${index}`);
  const joined = await mapInBatches(users, (user, index) => instances[index % 3]!.join(room.concertId, user));
  const line = joined.map((standing) => standing!.token).toSorted((a, b) => a.sequence - b.sequence);
  const ended = line.filter((_, index) => index % 50 === 7);
  const live = line.filter((token) => !ended.includes(token));
  const reasons = ['COMPLETED', 'LEFT', 'EXPIRED'] as const;
  await testPorts.ports.transact(async ({ queueEnds }) => {
    for (const [index, token] of ended.entries())
      await queueEnds.add({ ...token, reason: reasons[index % 3]! });
    return ok(null);
  }, 'STAFF');
  await room.changePolicy({ state: 'RUNNING' });
  await redis.flushall();
  await setTime();

  // They poll in random order. A fan who joins now is behind all of them.
  const polls = line.map((token, index) => ({ token, at: (index * 2_654_435_761) % 2 ** 32 }));
  const crowd = polls.toSorted((a, b) => a.at - b.at).map(({ token }) => token);
  const newcomer = (await instances[0]!.join(room.concertId, 'newcomer'))!.token;
  await mapInBatches(crowd, async (token, index) => {
    await poll(instances[index % 3]!, token);
    if (index % 500 === 0) await room.admit();
  });
  for (const [index, token] of ended.entries())
    expect((await room.checkIn(token)).token.status).toBe(reasons[index % 3]);
  const { room: view, asOf } = await room.statistics();
  expect(isRestoring(view, asOf)).toBe(true);

  now += recoveryGraceMs;
  const key = (await redis.keys('*:waiting'))[0]!;
  const order = await redis.zrange(key, '0', '-1');
  expect(order).toEqual([...live, newcomer].map(({ userId }) => userId));
  await room.setInventory({});
  for (let rest = order; rest.length > 0;) {
    now += intervalMs;
    await setTime();
    expect((await room.admit()).admitted).toBe(Math.min(policy.batchSize, rest.length));
    const left = await redis.zrange(key, '0', '-1');
    expect(left).toEqual(rest.slice(rest.length - left.length));
    rest = left;
  }
  expect((await room.checkIn(newcomer)).token.status).toBe('ACTIVE');
});

it('admits nobody while sold out, and goes on in the same order when a seat becomes available', async () => {
  const { room, instances } = await openInstances(2, { state: 'PAUSED', batchSize: 3, intervalMs: 100 });
  const line = await room.joinMany(6);
  await room.setInventory(SOLD_OUT);
  await room.changePolicy({ state: 'RUNNING' });
  expect(await room.state()).toBe('SOLD_OUT');
  expect((await room.admit()).admitted).toBe(0);
  await eventually(async () => {
    const standing = await instances[1]!.statusFromSnapshot(ticketOf(line[3]!));
    expect(standing).toMatchObject({ room: { soldOut: true }, token: { status: 'WAITING', position: 4 } });
  });
  await room.setInventory({ sellable: 1 });
  expect(await room.state()).toBe('OPEN');
  expect((await room.admit()).admitted).toBe(3);
  expect(await room.checkInAll(line)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 1, 2, 3]);
});
