import { randomUUID } from 'node:crypto';
import { describeCacheContract } from '@frontrow/application/contracts/shared/cache.contract.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { createUlidGenerator } from '../../../src/system/id-generator.ts';
import { createRedisCache } from '../../../src/redis/cache/shared-cache.ts';
import { closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { createKeys } from '../../../src/redis/connection/keys.ts';

const logger = pino({ level: 'silent' });
const keys = createKeys(`test-${randomUUID()}`);
const key = { group: 'concerts', entry: 'one' };
let redis: Redis;

beforeAll(async () => {
  redis = await openRedis({ url: inject('redisUrl'), onError: () => undefined });
});
afterAll(() => closeRedis(redis));

const newCache = (connection = redis) => createRedisCache({ redis: connection, keys, logger });
const never = () => Promise.reject(new Error('the value should have come from the cache'));

describeCacheContract('Redis', async () => {
  const own = await openRedis({ url: inject('redisUrl'), onError: () => undefined });
  return { ports: { cache: newCache(own), ids: createUlidGenerator() }, close: () => closeRedis(own) };
});

it('serves one process what another has loaded, until it is invalidated', async () => {
  const [here, there] = [newCache(), newCache()];
  await here.invalidate('concerts');
  expect(await here.fetch(key, async () => ({ title: 'Spring' }))).toEqual({ title: 'Spring' });
  expect(await there.fetch(key, never)).toEqual({ title: 'Spring' });
  await there.invalidate('concerts');
  expect(await here.fetch(key, async () => null)).toBeNull();
  expect(await there.fetch(key, never)).toBeNull();
});

it('stores no more than 4 MiB of a group, whatever is asked for', async () => {
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

it('does not keep what was being loaded while another process invalidated the group', async () => {
  const [here, there] = [newCache(), newCache()];
  await here.invalidate('concerts');
  const stale = await here.fetch(key, async () => {
    await there.invalidate('concerts');
    return 'stale';
  });
  expect(stale).toBe('stale');
  expect(await here.fetch(key, async () => 'fresh')).toBe('fresh');
});

it('does not keep what was being loaded while Redis lost its memory after an invalidation', async () => {
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

it('lets nobody share a load that began before an invalidation was over', async () => {
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

it('forgets every entry in the end, also those of a group that is always read', async () => {
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

it('is passed by while Redis is away, and does not pretend to have invalidated', async () => {
  const server = await startPrivateRedis();
  const doomed = await openRedis({ url: server.url, onError: () => undefined });
  const cache = newCache(doomed);
  await server.kill();
  expect(await cache.fetch(key, async () => 'loaded')).toBe('loaded');
  await expect(cache.invalidate('concerts')).rejects.toThrow(Unavailable);
  await closeRedis(doomed);
  await server.stop();
});

it('fails when the load fails, and loads again for the next', async () => {
  const cache = newCache();
  await cache.invalidate('concerts');
  await expect(cache.fetch(key, () => Promise.reject(new Error('no database')))).rejects.toThrow(
    'no database',
  );
  expect(await cache.fetch(key, async () => 'fresh')).toBe('fresh');
});
