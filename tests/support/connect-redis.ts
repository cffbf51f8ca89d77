import { parseRedisUrl } from '@frontrow/adapters/redis/connection/address.ts';
import {
  type RedisClient,
  type RedisSecrets,
  createClient,
} from '@frontrow/adapters/redis/connection/clients.ts';
import { Cluster, type Redis } from 'ioredis';

/** A client of any kind of Redis that waits while the server is away, for tests that read or change what it has. */
export function connectRedis(url: string, secrets: RedisSecrets = {}): RedisClient {
  const redis = createClient(parseRedisUrl(url), secrets, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // it reconnects
  return redis;
}

/** Removes every key whose name contains the prefix. */
export async function removeKeys(redis: RedisClient, keyPrefix: string): Promise<void> {
  for (const server of serversOf(redis))
    for await (const page of server.scanStream({ match: `*${keyPrefix}*`, count: 1_000 }))
      await Promise.all((page as string[]).map((key) => redis.unlink(key)));
}

/** Every key that matches the pattern, of all the primaries of a cluster. */
export async function listKeys(redis: RedisClient, pattern: string): Promise<string[]> {
  return (await Promise.all(serversOf(redis).map((server) => server.keys(pattern)))).flat();
}

function serversOf(redis: RedisClient): Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}
