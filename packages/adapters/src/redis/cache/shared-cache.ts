import { randomUUID } from 'node:crypto';
import type { Cache, CacheKey } from '@frontrow/application/ports/shared/cache.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Keys } from '../connection/keys.ts';
import { createScript } from '../connection/script.ts';
import { createSingleFlight } from './single-flight.ts';

/** How old an answer may become when nobody invalidates it, ±10 % so that groups do not lapse in step. */
const TTL_MS = 60_000;
const TTL_JITTER = 0.1;
/** A version only has to outlive the loads that began under it. */
const VERSION_TTL_MS = 2 * TTL_MS;
/** What one group may take of the memory of Redis, where the waiting rooms live too; more is not cached. */
const GROUP_BYTES_MAX = 4 * 1024 * 1024;

/**
 * KEYS  entries, version
 * ARGV  entry, a version to begin with, its life in ms
 * Answers { value, '' }, or { false, version } where the entry is not there and may be stored under that version.
 */
const READ = `
local value = redis.call('HGET', KEYS[1], ARGV[1])
if value then return { value, '' } end
redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3])
return { false, redis.call('GET', KEYS[2]) }
`;

/**
 * KEYS  entries, version
 * ARGV  entry, value, the version it was loaded under, life of the group in ms, bytes that the group may hold
 * Answers 1, or 0 where the group was invalidated since or is full. The first entry of a group fixes when it lapses.
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
 * ARGV  a version never used before, its life in ms, the channel that tells every process, the group
 */
const INVALIDATE = `
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return 1
`;

/** The cache that all processes share. */
export type SharedCache = Cache & {
  /** Whoever comes from now on shares no load of the group that is under way in this process. */
  forget(group: string): void;
};

type CacheOptions = { readonly redis: Redis; readonly keys: Keys; readonly logger: Logger };

/**
 * A hash of entries per group, and a version that every invalidation replaces: a value is kept only under the version
 * that was there before it was loaded. Versions are random, so that none comes back after a loss of Redis.
 */
export function createRedisCache({ redis, keys, logger }: CacheOptions): SharedCache {
  const read = createScript<[string | null, string]>(redis, { name: 'cacheRead', keys: 2, lua: READ });
  const store = createScript<number>(redis, { name: 'cacheStore', keys: 2, lua: STORE });
  const invalidate = createScript<number>(redis, { name: 'cacheInvalidate', keys: 2, lua: INVALIDATE });
  const flights = createSingleFlight();
  const passBy = createPassBy(logger);

  async function fetch<T>({ group, entry }: CacheKey, load: () => Promise<T>): Promise<T> {
    const { entries, version } = keys.cache(group);
    const found = await passBy(() => read([entries, version], [entry, randomUUID(), VERSION_TTL_MS]));
    if (found === null) return load();
    const [cached, loadedUnder] = found;
    if (cached !== null) return JSON.parse(cached) as T;
    const value = await load();
    const ttlMs = Math.round(TTL_MS * (1 - TTL_JITTER + 2 * TTL_JITTER * Math.random()));
    const args = [entry, JSON.stringify(value), loadedUnder, ttlMs, GROUP_BYTES_MAX];
    await passBy(() => store([entries, version], args));
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

/** Answers null where Redis is away, and says so once until it is back. */
function createPassBy(logger: Logger): <T>(work: () => Promise<T>) => Promise<T | null> {
  let isAway = false;
  return async (work) => {
    try {
      const answer = await work();
      if (isAway) logger.info('the cache is back');
      isAway = false;
      return answer;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (!isAway) logger.warn({ err: error }, 'the cache is away: reading from the database');
      isAway = true;
      return null;
    }
  };
}
