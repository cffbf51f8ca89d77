import { REDIS_SET_KINDS, startRedisSet } from '../redis-sets/start-redis-set.ts';
import type { Service } from './service.ts';
import { startRedis } from './start-redis.ts';

/** The Redis that the tests of a run share: one server, or with TEST_REDIS_SET a cluster or a primary with Sentinels. */
export function startSharedRedis(): Promise<Service> {
  const name = process.env['TEST_REDIS_SET'] || null;
  if (name === null) return startRedis();
  const kind = REDIS_SET_KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`TEST_REDIS_SET must be one of ${REDIS_SET_KINDS.join(', ')}`);
  return startRedisSet(kind);
}
