import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { Cluster } from 'ioredis';
import { type RedisClient, redisFault, withUnavailable } from './connection.ts';

const PROBE_TTL_MS = 1_000;

/**
 * Null where Redis accepts a write of one of the keys, otherwise the reason why it does not. A cluster that lacks some of
 * its primaries is well: a process that left the load balancer would serve none of the rooms that the others have.
 */
export async function checkRedis(redis: RedisClient, probeKeys: readonly string[]): Promise<string | null> {
  const writes = probeKeys.map((key) => redis.set(key, '', 'PX', PROBE_TTL_MS));
  try {
    await Promise.any(writes);
    return null;
  } catch (error) {
    return describeFault((error as AggregateError).errors[0]);
  }
}

function describeFault(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('OOM')) return 'memory is full';
  if (message.startsWith('READONLY')) return 'read-only';
  if (message.startsWith('MISCONF')) return 'cannot write to disk';
  if (redisFault(error) instanceof Unavailable) return 'not reachable';
  throw error;
}

/**
 * How far this process' clock is ahead of Redis', in ms; negative where it is behind. Exact to half the round trip. Of a
 * cluster, whose rooms each follow the clock of their own primary, the largest that one of them answers. Throws
 * `Unavailable('redis')` where none answers.
 */
export async function readClockOffsetMs(redis: RedisClient, now: () => number = Date.now): Promise<number> {
  const servers = redis instanceof Cluster ? redis.nodes('master') : [redis];
  const outcomes = await Promise.allSettled(servers.map((server) => offsetFrom(server, now)));
  const offsets = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (offsets.length > 0) return offsets.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  throw failed?.reason ?? new Unavailable('redis', { cause: 'the cluster has no primary' });
}

async function offsetFrom(server: RedisClient, now: () => number): Promise<number> {
  const sentAt = now();
  const [seconds, micros] = await withUnavailable(() => server.time());
  const midpoint = (sentAt + now()) / 2;
  return midpoint - (Number(seconds) * 1_000 + Number(micros) / 1_000);
}
