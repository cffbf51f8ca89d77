import { Cluster, ReplyError } from 'ioredis';
import type { RedisAddress } from './address.ts';
import type { RedisClient } from './clients.ts';

/** Throws an error that says what REDIS_URL must be where the server is of another kind, or the cluster is down. */
export async function checkServer(redis: RedisClient, { database }: RedisAddress): Promise<void> {
  if (redis instanceof Cluster) {
    const state = await redis.cluster('INFO');
    if (/^cluster_state:fail/m.test(state)) throw new Error('the cluster is down (cluster_state:fail)');
    return;
  }
  // Valkey calls it server_mode.
  const mode = /^(?:redis|server)_mode:(\w+)/m.exec(await infoOf(redis))?.[1];
  if (mode === 'cluster') throw new Error('the server belongs to a cluster; use redis+cluster://');
  if (mode === 'sentinel') throw new Error('the server is a Sentinel; use redis+sentinel://');
  // Without it, the client ignores that the database does not exist, and uses another one.
  if (database !== 0) await redis.select(database);
}

/** Empty where the user may not read it. */
async function infoOf(redis: RedisClient): Promise<string> {
  try {
    return await redis.info('server');
  } catch (error) {
    if (error instanceof ReplyError && (error as Error).message.startsWith('NOPERM')) return '';
    throw error;
  }
}

/** Why a server could not be used, with what to set where it is of another kind than the URL says. */
export function explain(error: Error, { kind, primaryName }: RedisAddress): string {
  const message = messageOf(error);
  if (message.includes('Unknown RESP type')) return 'the server does not speak the protocol of Redis';
  if (kind === 'CLUSTER' && /cluster support disabled/.test(message)) return `${message}; use redis://`;
  if (kind !== 'SENTINEL') return message;
  if (/invalid reply|No such master/.test(message))
    return `the Sentinels know no primary with the name ${primaryName}`;
  if (/unknown command 'sentinel'/i.test(message)) return 'the server is no Sentinel; use redis://';
  if (message.startsWith('All sentinels are unreachable')) return message;
  return `the primary ${primaryName}: ${message}`;
}

export function messageOf(error: Error): string {
  // A host name with several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return messageOf(error.errors[0] as Error);
  // What the last node of the cluster said.
  if ('lastNodeError' in error && error.lastNodeError instanceof Error) return messageOf(error.lastNodeError);
  return error.message;
}
