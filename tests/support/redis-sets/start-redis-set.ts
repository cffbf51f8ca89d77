import { startRedisCluster } from './redis-cluster.ts';
import { startRedisSentinels } from './redis-sentinels.ts';
import type { RedisSet } from './redis-set.ts';
import type { SecuredAccess } from './secured-access.ts';

export const REDIS_SET_KINDS = ['cluster', 'sentinel'] as const;
export type RedisSetKind = (typeof REDIS_SET_KINDS)[number];

/** A replica takes over from a primary that has not answered for `downAfterMs`; by default no busy machine causes that. */
export function startRedisSet(
  kind: RedisSetKind,
  downAfterMs = 15_000,
  options: { readonly access?: SecuredAccess | undefined; readonly relay?: boolean } = {},
): Promise<RedisSet> {
  return kind === 'cluster'
    ? startRedisCluster({ nodeTimeoutMs: downAfterMs, access: options.access })
    : startRedisSentinels({ downAfterMs, ...options });
}
