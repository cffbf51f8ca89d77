import { randomUUID } from 'node:crypto';
import { describeCacheContract } from '@frontrow/application/contracts/shared/cache.contract.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { createUlidGenerator } from '../../../src/system/id-generator.ts';
import { createRedisCache } from '../../../src/redis/cache/shared-cache.ts';
import { type RedisClient, closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';

const logger = pino({ level: 'silent' });
const keys = createKeys(`test-${randomUUID()}`);
const key = { group: 'concerts', entry: 'one' };
let redis: RedisClient;

beforeAll(async () => {
  redis = await openRedis({ url: inject('redisUrl'), onError: () => undefined });
});
afterAll(() => closeRedis(redis));

const newCache = (connection = redis) => createRedisCache({ redis: connection, keys, logger });
const never = () => Promise.reject(new Error('the value must come from the cache'));

describeCacheContract('Redis', async () => {
  const own = await openRedis({ url: inject('redisUrl'), onError: () => undefined });
  return { ports: { cache: newCache(own), ids: createUlidGenerator() }, close: () => closeRedis(own) };
});

it('gives one process what another has loaded, until it is invalidated', async () => {
  const [here, there] = [newCache(), newCache()];
  await here.invalidate('concerts');
  expect(await here.fetch(key, async () => ({ title: 'Spring' }))).toEqual({ title: 'Spring' });
  expect(await there.fetch(key, never)).toEqual({ title: 'Spring' });
  await there.invalidate('concerts');
  expect(await here.fetch(key, async () => null)).toBeNull();
  expect(await there.fetch(key, never)).toBeNull();
});

it('stores at most 4 MiB of a group', async () => {
  const cache = newCache();
  const group = `full-${randomUUID()}`;
  const page = { text: 'x'.repeat(100_000) };
  for (let number = 0; number < 60; number += 1)
    expect(await cache.fetch({ group, entry: `page:${number}` }, async () => page)).toEqual(page);
  const { entries } = keys.cache(group);
  const stored = await redis.hlen(entries);
  expect(stored).toBeGreaterThan(40);
  expect(stored).toBeLessThan(43);
  expect(await redis.memory('USAGE', entries)).toBeLessThan(6 * 1024 * 1024);
  await cache.invalidate(group);
});

it('does not keep a value whose group another process invalidated while it loaded', async () => {
  const [here, there] = [newCache(), newCache()];
  await here.invalidate('concerts');
  const stale = await here.fetch(key, async () => {
    await there.invalidate('concerts');
    return 'stale';
  });
  expect(stale).toBe('stale');
  expect(await here.fetch(key, async () => 'fresh')).toBe('fresh');
});

it('does not keep a value during whose load Redis lost its data after an invalidation', async () => {
  const cache = newCache();
  await cache.invalidate('concerts');
  await cache.fetch(key, async () => {
    await cache.invalidate('concerts');
    const { entries, version } = keys.cache('concerts');
    await redis.del(entries, version);
    return 'stale';
  });
  expect(await cache.fetch(key, async () => 'fresh')).toBe('fresh');
});

it('shares no load that began before an invalidation ended', async () => {
  const cache = newCache();
  await cache.invalidate('concerts');
  const { promise: gate, resolve: open } = Promise.withResolvers<string>();
  const early = cache.fetch(key, () => gate);
  await cache.invalidate('concerts');
  expect(await cache.fetch(key, async () => 'fresh')).toBe('fresh');
  open('stale');
  expect(await early).toBe('stale');
  expect(await cache.fetch(key, never)).toBe('fresh');
});

it('expires every entry, also of a group that is read all the time', async () => {
  const cache = newCache();
  const { entries, version } = keys.cache('concerts');
  await cache.invalidate('concerts');
  await cache.fetch(key, async () => 1);
  await redis.pexpire(entries, 30_000);
  await cache.fetch({ ...key, entry: 'two' }, async () => 2);
  const [left, versionLeft] = await Promise.all([redis.pttl(entries), redis.pttl(version)]);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(30_000);
  expect(versionLeft).toBeGreaterThan(0);
});

it('loads while Redis is unavailable, and then fails to invalidate', async () => {
  const server = await startPrivateRedis();
  const connection = await openRedis({ url: server.url, onError: () => undefined });
  const cache = newCache(connection);
  await server.kill();
  expect(await cache.fetch(key, async () => 'loaded')).toBe('loaded');
  await expect(cache.invalidate('concerts')).rejects.toThrow(Unavailable);
  await closeRedis(connection);
  await server.stop();
});

it('fails when the load fails, and loads again for the next request', async () => {
  const cache = newCache();
  await cache.invalidate('concerts');
  await expect(cache.fetch(key, () => Promise.reject(new Error('no database')))).rejects.toThrow(
    'no database',
  );
  expect(await cache.fetch(key, async () => 'fresh')).toBe('fresh');
});
