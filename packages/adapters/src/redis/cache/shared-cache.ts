import { randomUUID } from 'node:crypto';
import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Logger } from 'pino';
import type { RedisClient } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import { createScript } from '../connection/script.ts';
import { createSingleFlight } from './single-flight.ts';

/** How old an answer may become without an invalidation, ±10 % so that groups do not expire together. */
const TTL_MS = 60_000;
const TTL_JITTER = 0.1;
/** Longer than any load that began under the version. */
const VERSION_TTL_MS = 2 * TTL_MS;
/** Limits the memory of a group in the Redis of the waiting rooms. Further entries are not cached. */
const GROUP_BYTES_MAX = 4 * 1024 * 1024;

/**
 * KEYS  entries, version
 * ARGV  entry, a version for a group without one, its time to live in ms
 * Returns { value, '' }, or { false, version } for a missing entry, which may be stored under that version.
 */
const READ = `
local value = redis.call('HGET', KEYS[1], ARGV[1])
if value then return { value, '' } end
redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3])
return { false, redis.call('GET', KEYS[2]) }
`;

/**
 * KEYS  entries, version
 * ARGV  entry, value, the version it was loaded under, the group's time to live in ms, the group's limit in bytes
 * Returns 1, or 0 when the group was invalidated since or is full. The first entry of a group sets its expiry.
 */
const STORE = `
if redis.call('GET', KEYS[2]) ~= ARGV[3] then return 0 end
local bytes = tonumber(redis.call('HGET', KEYS[1], 'bytes') or 0) + #ARGV[1] + #ARGV[2]
if bytes > tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], 'bytes', bytes)
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1
`;

/**
 * KEYS  entries, version
 * ARGV  a new version, its time to live in ms, the channel of invalidations, the group
 */
const INVALIDATE = `
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1
`;

/** The cache that all processes share. */
export type SharedCache = Cache & {
  /** Later requests share none of the group's present loads in this process. */
  forget(group: string): void;
};

type CacheOptions = { readonly redis: RedisClient; readonly keys: Keys; readonly logger: Logger };

/**
 * A group is a hash of entries and a version, which every invalidation replaces. A value is stored only while the version
 * from before its load is current. Versions are random, so that none returns after a loss of Redis.
 */
export function createRedisCache({ redis, keys, logger }: CacheOptions): SharedCache {
  const read = createScript<[string | null, string]>(redis, { name: 'cacheRead', keys: 2, lua: READ });
  const store = createScript<number>(redis, { name: 'cacheStore', keys: 2, lua: STORE });
  const invalidate = createScript<number>(redis, { name: 'cacheInvalidate', keys: 2, lua: INVALIDATE });
  const flights = createSingleFlight();
  const orNull = createUnavailabilityGuard(logger);

  async function fetch<T>({ group, entry }: CacheKey, load: () => Promise<T>): Promise<T> {
    const { entries, version } = keys.cache(group);
    const found = await orNull(() => read([entries, version], [entry, randomUUID(), VERSION_TTL_MS]));
    if (found === null) return load();
    const [cached, loadedUnder] = found;
    if (cached !== null) return JSON.parse(cached) as T;
    const value = await load();
    const ttlMs = Math.round(TTL_MS * (1 - TTL_JITTER + 2 * TTL_JITTER * Math.random()));
    const args = [entry, JSON.stringify(value), loadedUnder, ttlMs, GROUP_BYTES_MAX];
    await orNull(() => store([entries, version], args));
    return value;
  }

  return {
    fetch: (key, load) => flights.run(key.group, key.entry, () => fetch(key, load)),
    async invalidate(group) {
      const { entries, version } = keys.cache(group);
      try {
        const { cacheInvalidated } = keys;
        await invalidate([entries, version], [randomUUID(), VERSION_TTL_MS, cacheInvalidated, group]);
      } finally {
        flights.forget(group);
      }
    },
    forget: (group) => flights.forget(group),
  };
}

/** Returns null while Redis is unavailable, and logs the beginning and the end of that time. */
function createUnavailabilityGuard(logger: Logger): <T>(work: () => Promise<T>) => Promise<T | null> {
  let isUnavailable = false;
  return async (work) => {
    try {
      const answer = await work();
      if (isUnavailable) logger.info('the cache is available again');
      isUnavailable = false;
      return answer;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (!isUnavailable) logger.warn({ err: error }, 'the cache is unavailable: reading from the database');
      isUnavailable = true;
      return null;
    }
  };
}
