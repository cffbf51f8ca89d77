import { randomUUID } from 'node:crypto';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { describeSeatLockContract } from '@frontrow/application/contracts/booking/seat-lock.contract.ts';
import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { createUlidGenerator } from '../../../src/system/id-generator.ts';
import {
  type RedisClient,
  closeRedis,
  openRedis,
  openSubscriber,
} from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { createRedisSeatLock } from '../../../src/redis/seat-lock/seat-lock.ts';

const logger = pino({ level: 'silent' });
const keys = createKeys(`test-${randomUUID()}`);
const opened: RedisClient[] = [];

/** The seat lock of another process. */
async function openSeatLock(url: string, waitMaxMs?: number): Promise<SeatLock> {
  const options = { url, onError: () => undefined };
  const [redis, subscriber] = await Promise.all([openRedis(options), openSubscriber(options)]);
  opened.push(redis, subscriber);
  return createRedisSeatLock({
    redis,
    subscriber,
    keys,
    logger,
    ...(waitMaxMs === undefined ? {} : { waitMaxMs }),
  });
}

/** Runs `work` under the lock and returns its value. */
async function hold<T>(
  lock: SeatLock,
  eventId: string,
  seatNumbers: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  const release = await lock.acquire(eventId, seatNumbers);
  try {
    return await work();
  } finally {
    await release();
  }
}

let here: SeatLock;
let there: SeatLock;
let redis: RedisClient;
beforeAll(async () => {
  const url = inject('redisUrl');
  [here, there] = await Promise.all([openSeatLock(url), openSeatLock(url)]);
  redis = await openRedis({ url, onError: () => undefined });
  opened.push(redis);
});
afterAll(() => Promise.all(opened.map(closeRedis)));

describeSeatLockContract('Redis', async () => {
  const seatLock = await openSeatLock(inject('redisUrl'));
  return { ports: { seatLock, ids: createUlidGenerator() }, close: async () => undefined };
});

it('runs one attempt at a time on a seat, in any process and for any order of the seats', async () => {
  const url = inject('redisUrl');
  const [one, other] = await Promise.all([openSeatLock(url, 60_000), openSeatLock(url, 60_000)]);
  const busy = new Set<number>();
  let clashes = 0;
  const work = (seats: readonly number[]) => async () => {
    clashes += seats.filter((seat) => busy.has(seat)).length;
    for (const seat of seats) busy.add(seat);
    await new Promise(setImmediate);
    for (const seat of seats) busy.delete(seat);
    return seats.length;
  };
  const requests = Array.from({ length: 60 }, (_, index) => [1 + (index % 3), 1 + ((index + 1) % 4)]);
  const results = await Promise.all(
    requests.map((seats, index) => hold(index % 2 === 0 ? one : other, 'event', seats, work(seats))),
  );
  expect(results).toEqual(requests.map((seats) => seats.length));
  expect(clashes).toBe(0);
});

it('serves the requests of one process first in, first out', async () => {
  const order: number[] = [];
  const arrived = Array.from({ length: 20 }, (_, index) => index);
  await Promise.all(arrived.map((index) => hold(here, 'fifo', [7], async () => void order.push(index))));
  expect(order).toEqual(arrived);
});

it('locks seats and events independently', async () => {
  const innermost = () => hold(here, 'another', [1], async () => 'all');
  expect(await hold(here, 'event', [1], () => hold(there, 'event', [2], innermost))).toBe('all');
});

it('releases the lock when the attempt fails, and counts a repeated seat once', async () => {
  const failing = hold(here, 'event', [3, 3, 2], () => Promise.reject(new Error('rolled back')));
  await expect(failing).rejects.toThrow('rolled back');
  expect(await redis.exists(keys.seatLock('event', 2), keys.seatLock('event', 3))).toBe(0);
  expect(await hold(there, 'event', [], async () => 'no seats')).toBe('no seats');
});

it('runs the attempt without the lock when the lock stays occupied', async () => {
  await redis.set(keys.seatLock('stuck', 1), 'an owner that was killed', 'PX', 60_000);
  expect(await hold(here, 'stuck', [1], async () => 'worked')).toBe('worked');
  expect(await redis.get(keys.seatLock('stuck', 1))).toBe('an owner that was killed');
});

it('does not release a lock that has a new owner', async () => {
  await hold(here, 'lapsed', [1], async () => {
    await redis.set(keys.seatLock('lapsed', 1), 'the next owner', 'PX', 60_000);
  });
  expect(await redis.get(keys.seatLock('lapsed', 1))).toBe('the next owner');
});

it('runs attempts without the lock while Redis is unavailable, and with it afterwards', async () => {
  const server = await startPrivateRedis();
  const lock = await openSeatLock(server.url);
  await server.kill();
  expect(await hold(lock, 'event', [1, 2], async () => 'worked')).toBe('worked');
  await server.restart();
  const watcher = await openRedis({ url: server.url, onError: () => undefined });
  await eventually(async () => {
    const isLocked = await hold(lock, 'event', [1], () => watcher.exists(keys.seatLock('event', 1)));
    expect(isLocked).toBe(1);
  });
  await closeRedis(watcher);
  await Promise.all(opened.splice(-2).map(closeRedis));
  await server.stop();
});
