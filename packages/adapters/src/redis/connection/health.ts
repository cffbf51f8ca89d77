import type { Redis } from 'ioredis';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { redisFault, withUnavailable } from './connection.ts';

const PROBE_TTL_MS = 1_000;

/** Null where Redis accepts a write, otherwise the reason why it does not. */
export async function checkRedis(redis: Redis, probeKey: string): Promise<string | null> {
  try {
    await redis.set(probeKey, '', 'PX', PROBE_TTL_MS);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (message.startsWith('OOM')) return 'memory is full';
    if (message.startsWith('READONLY')) return 'read-only';
    if (message.startsWith('MISCONF')) return 'cannot write to disk';
    if (redisFault(error) instanceof Unavailable) return 'not reachable';
    throw error;
  }
}

/**
 * How far this process' clock is ahead of Redis', in ms; negative where it is behind. Exact to half the round trip.
 * Throws `Unavailable('redis')`.
 */
export async function readClockOffsetMs(redis: Redis, now: () => number = Date.now): Promise<number> {
  const sentAt = now();
  const [seconds, micros] = await withUnavailable(() => redis.time());
  const midpoint = (sentAt + now()) / 2;
  return midpoint - (Number(seconds) * 1_000 + Number(micros) / 1_000);
}
