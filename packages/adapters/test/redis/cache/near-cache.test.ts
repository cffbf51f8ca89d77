import { randomUUID } from 'node:crypto';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { describeCacheContract } from '@frontrow/application/contracts/shared/cache.contract.ts';
import type { Cache } from '@frontrow/application/ports/shared/cache.ts';
import { pino } from 'pino';
import { afterEach, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { createUlidGenerator } from '../../../src/system/id-generator.ts';
import { createRedisCache } from '../../../src/redis/cache/shared-cache.ts';
import {
  type RedisClient,
  closeRedis,
  openRedis,
  openSubscriber,
} from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';
import { NEAR_TTL_MS, createNearCache } from '../../../src/redis/cache/near-cache.ts';

const logger = pino({ level: 'silent' });
const keys = createKeys(`test-${randomUUID()}`);
const key = { group: 'concerts', entry: 'one' };
const opened: Process[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

type Process = Awaited<ReturnType<typeof openCaches>>;

async function openProcess(url?: string): Promise<Process> {
  const process = await openCaches(url);
  opened.push(process);
  return process;
}

/** The caches of one process, with a clock that the test sets. */
async function openCaches(url = inject('redisUrl')) {
  const options = { url, onError: () => undefined };
  const [redis, subscriber] = await Promise.all([openRedis(options), openSubscriber(options)]);
  const close = async () => {
    await Promise.all([closeRedis(redis), closeRedis(subscriber)]);
  };
  const clock = { now: 0 };
  const shared = createRedisCache({ redis, keys, logger });
  const channel = keys.cacheInvalidated;
  const cache = await createNearCache({ shared, subscriber, channel, now: () => clock.now });
  /** Invalidates, and waits until this process has received the message. */
  const start = async () => {
    const received = nextMessage(subscriber);
    await cache.invalidate(key.group);
    await received;
  };
  return { cache, redis, subscriber, clock, start, close };
}

function nextMessage(subscriber: RedisClient): Promise<void> {
  return new Promise((resolve) => subscriber.once('message', () => resolve()));
}

const value = (cache: Cache, loaded: unknown) => cache.fetch<unknown>(key, async () => loaded);

async function becomes(cache: Cache, expected: unknown): Promise<void> {
  await eventually(async () => expect(await value(cache, expected)).toBe(expected));
}

describeCacheContract('near Redis', async () => {
  const { cache, close } = await openCaches();
  return { ports: { cache, ids: createUlidGenerator() }, close };
});

it('answers for a second without a request to Redis', async () => {
  const { cache, redis, clock, start } = await openProcess();
  await start();
  await value(cache, 'known');
  await redis.del(keys.cache(key.group).entries);
  clock.now = NEAR_TTL_MS - 1;
  expect(await value(cache, 'another')).toBe('known');
  clock.now = NEAR_TTL_MS;
  expect(await value(cache, 'another')).toBe('another');
});

it('receives the invalidations of another process, also with a clock that stands still', async () => {
  const [here, there] = await Promise.all([openProcess(), openProcess()]);
  await Promise.all([here.start(), nextMessage(there.subscriber)]);
  await value(there.cache, 'old');
  expect(await value(here.cache, 'unused')).toBe('old');
  await there.cache.invalidate(key.group);
  expect(await value(there.cache, 'new')).toBe('new');
  await becomes(here.cache, 'new');
});

it('does not keep a value that another process invalidated while it loaded', async () => {
  const [here, there] = await Promise.all([openProcess(), openProcess()]);
  const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await here.start();
  const overtaken = here.cache.fetch(key, async () => {
    started.resolve();
    await gate.promise;
    return 'old';
  });
  await started.promise;
  await Promise.all([there.start(), nextMessage(here.subscriber)]);
  expect(await value(here.cache, 'new')).toBe('new');
  gate.resolve();
  expect(await overtaken).toBe('old');
  expect(await value(here.cache, 'newer')).toBe('new');
});

it('is at most a second old when the message of an invalidation is lost', async () => {
  const [here, there] = await Promise.all([openProcess(), openProcess()]);
  await here.start();
  await value(here.cache, 'old');
  await here.subscriber.unsubscribe(keys.cacheInvalidated);
  await there.cache.invalidate(key.group);
  expect(await value(here.cache, 'new')).toBe('old');
  here.clock.now = NEAR_TTL_MS;
  expect(await value(here.cache, 'new')).toBe('new');
});

it('receives invalidations again after an outage of Redis', async () => {
  const server = await startPrivateRedis();
  const [here, there] = await Promise.all([openProcess(server.url), openProcess(server.url)]);
  await server.kill();
  expect(await value(here.cache, 'from the database')).toBe('from the database');
  await server.restart();
  await eventually(async () => {
    const [, subscribers] = await there.redis.pubsub('NUMSUB', keys.cacheInvalidated);
    expect(subscribers).toBe(2);
  });
  await there.cache.invalidate(key.group);
  await becomes(here.cache, 'new');
  await Promise.all([here.close(), there.close()]);
  await server.stop();
});
