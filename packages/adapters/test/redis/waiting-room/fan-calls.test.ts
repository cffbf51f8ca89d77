import { randomUUID } from 'node:crypto';
import { setImmediate as endOfIteration } from 'node:timers/promises';
import { newUser } from '@frontrow/application/contracts/shared/contract-builders.ts';
import { openRoom, ticketOf } from '@frontrow/application/contracts/waiting-room/contract-room.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RedisClient, closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createFanCalls } from '../../../src/redis/waiting-room/fan-calls.ts';
import { createRedisWaitingRoom } from '../../../src/redis/waiting-room/waiting-room.ts';
import { createMemoryTestPorts } from '../../memory/memory-test-ports.ts';

/** Answers each name in upper case, and fails for a call with a number in it. */
function openCalls() {
  const calls: (readonly string[])[] = [];
  const call = createFanCalls<string, string>(async (_, names) => {
    calls.push(names);
    await endOfIteration();
    if (names.includes('away')) throw new Unavailable('redis');
    if (names.some((name) => /\d/.test(name))) throw new Error(`no name: ${names.join(', ')}`);
    return names.map((name) => name.toUpperCase());
  });
  return { calls, call };
}

describe('fans who call at the same time', () => {
  it('share the call that follows the present one, in the order of their arrival', async () => {
    const { calls, call } = openCalls();
    const first = call('room', 'a');
    await expect.poll(() => calls.length).toBe(1);
    const others = ['b', 'c', 'd'].map((name) => call('room', name));
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C', 'D']);
    expect(calls).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('get their own outcomes when the call of one of them fails', async () => {
    const { call } = openCalls();
    const outcomes = await Promise.allSettled(['a', '1', 'b'].map((name) => call('room', name)));
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: 'A' },
      { status: 'rejected', reason: { message: 'no name: 1' } },
      { status: 'fulfilled', value: 'B' },
    ]);
  });

  it('all fail after one call while Redis is away', async () => {
    const { calls, call } = openCalls();
    const outcomes = await Promise.allSettled(['a', 'away', 'b'].map((name) => call('room', name)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(calls).toHaveLength(1);
  });
});

describe('a room in Redis', () => {
  let redis: RedisClient;
  const keys = createKeys(`test-${randomUUID()}`);
  const ports = createMemoryTestPorts({ now: Date.now });
  beforeAll(async () => {
    redis = await openRedis({ url: inject('redisUrl'), onError: () => {} });
  });
  afterAll(() => closeRedis(redis));

  const open = (state: 'RUNNING' | 'PAUSED') =>
    openRoom({ ...ports, waitingRoom: createRedisWaitingRoom({ ...ports, redis, keys }) }, { state });

  it('answers the others when the record of one of them cannot be read', async () => {
    const room = await open('RUNNING');
    const [broken, ...others] = await room.joinMany(3);
    await redis.hset(keys.room(room.concertId).place, broken!.userId, 'no record');
    const users = [newUser(ports), broken!.userId, ...others.map(({ userId }) => userId), newUser(ports)];
    const joined = await Promise.allSettled(users.map((user) => room.join(user)));
    expect(joined.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await room.statistics()).toMatchObject({ admittedTotal: 5, waiting: 0 });
  });

  it('gives 3,000 users who come at once places in the order in which they came', async () => {
    const room = await open('PAUSED');
    const users = Array.from({ length: 3_000 }, () => newUser(ports));
    const tokens = await Promise.all(users.map(async (user) => (await room.join(user)).token));
    expect(tokens.map((token) => token.status === 'WAITING' && token.position)).toEqual(
      users.map((_, index) => index + 1),
    );
    const reads = await Promise.all(tokens.map((token) => room.checkIn(token)));
    expect(reads.map(({ token }) => ticketOf(token))).toEqual(tokens.map(ticketOf));
  });
});
