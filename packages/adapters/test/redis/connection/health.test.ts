import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { type RedisClient, closeRedis, openRedis } from '../../../src/redis/connection/connection.ts';
import { checkRedis, readClockOffsetMs } from '../../../src/redis/connection/health.ts';

let server: Awaited<ReturnType<typeof startPrivateRedis>>;
let redis: RedisClient;
beforeAll(async () => {
  server = await startPrivateRedis();
  redis = await openRedis({ url: server.url, onError: () => undefined });
});
afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
});

describe('the health of Redis', () => {
  afterEach(async () => {
    await redis.config('SET', 'maxmemory', '0');
    await redis.replicaof('NO', 'ONE');
  });

  it('has no problem where Redis accepts a write', async () => {
    expect(await checkRedis(redis, ['probe'])).toBeNull();
  });

  it('names a full memory', async () => {
    await redis.config('SET', 'maxmemory', '1');
    expect(await checkRedis(redis, ['probe'])).toBe('memory is full');
  });

  it('names a replica', async () => {
    await redis.replicaof('127.0.0.1', 1);
    expect(await checkRedis(redis, ['probe'])).toBe('read-only');
  });
});

it('measures the offset of a clock', async () => {
  expect(Math.abs(await readClockOffsetMs(redis))).toBeLessThan(30_000);
  const ahead = await readClockOffsetMs(redis, () => Date.now() + 600_000);
  expect(Math.abs(ahead - 600_000)).toBeLessThan(30_000);
});
