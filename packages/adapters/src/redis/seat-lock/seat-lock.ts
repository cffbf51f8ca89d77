import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createKeyedFifoQueue } from './keyed-fifo-queue.ts';
import type { Logger } from 'pino';
import Redlock from 'redlock';
import type { RedisClient } from '../connection/connection.ts';
import type { Keys } from '../connection/keys.ts';
import { type LockReleases, createLockReleases } from './lock-releases.ts';

/** Longer than the transaction of a hold. An earlier expiry is harmless, because the rows decide. */
const LOCK_TTL_MS = 5_000;
const WAIT_MAX_MS = 2_000;
/** The delay after which a release is noticed whose message was lost. */
const RETRY_MS = 250;

export type SeatLockOptions = {
  readonly redis: RedisClient;
  readonly subscriber: RedisClient;
  readonly keys: Keys;
  readonly logger: Logger;
  /** How long a request waits, in the queue and for the lock together; 2 s by default. */
  readonly waitMaxMs?: number;
};

/**
 * One lock for all the seats of a request, whose keys share a hash slot. The requests of this process queue; the
 * first tries to acquire the lock, and again only when it may have become free.
 *
 * The lock only spares the database contended attempts. A request that cannot acquire it, because Redis is unavailable or
 * the wait timed out, makes its attempt without it, and the rows decide.
 */
export async function createRedisSeatLock(options: SeatLockOptions): Promise<SeatLock> {
  const { keys, subscriber, waitMaxMs = WAIT_MAX_MS } = options;
  const released = await createLockReleases(subscriber, keys.seatLockReleased);
  const acquire = createAcquire(options, released);
  const queue = createKeyedFifoQueue();

  return {
    async acquire(eventId, seatNumbers) {
      const seats = [...new Set(seatNumbers)].toSorted((a, b) => a - b);
      if (seats.length === 0) return async () => undefined;
      const lockKeys = seats.map((number) => keys.seatLock(eventId, number));
      const deadline = performance.now() + waitMaxMs;
      const queued = queue.join(lockKeys);
      let lock: Redlock.Lock | null = null;
      try {
        if ((await queued.waitForTurn(waitMaxMs)) === 'FIRST') lock = await acquire(lockKeys, deadline);
      } catch (error) {
        queued.leave();
        throw error;
      }
      return async () => {
        await release(lock);
        queued.leave();
      };
    },
  };
}

/** Returns null when Redis is unavailable or the lock does not become free before the deadline. */
type Acquire = (lockKeys: string[], deadline: number) => Promise<Redlock.Lock | null>;

function createAcquire({ redis, keys, logger }: SeatLockOptions, released: LockReleases): Acquire {
  const redlock = new Redlock([redis as unknown as Redlock.CompatibleRedisClient], {
    retryCount: 0, // redlock ignores it per call
    unlockScript: (script) => publishing(script, keys.seatLockReleased),
  });
  // Redlock throws the same LockError for a held lock and for an outage; only this event distinguishes them.
  let faults = 0;
  let isUnavailable = false;
  redlock.on('clientError', (error: Error) => {
    if (!isUnavailable)
      logger.warn({ err: error }, 'seat locks are unavailable: the database alone decides on seats');
    isUnavailable = true;
    faults += 1;
  });

  return async (lockKeys, deadline) => {
    const listening = released.listen(lockKeys);
    try {
      for (;;) {
        const faultsBefore = faults;
        const lock = await redlock.acquire(lockKeys, LOCK_TTL_MS).catch(ignoreLockError);
        if (lock !== null) isUnavailable = false;
        const leftMs = deadline - performance.now();
        if (lock !== null || faults !== faultsBefore || leftMs <= 0) return lock;
        await listening.released(Math.min(RETRY_MS, leftMs));
      }
    } finally {
      listening.stop();
    }
  };
}

/** Redlock's unlock script, extended to publish each key that it releases. */
function publishing(unlockScript: string, channel: string): string {
  const deletion = 'redis.pcall("del", key)';
  if (!unlockScript.includes(deletion)) throw new Error('this version of redlock has another unlock script');
  return unlockScript.replace(
    deletion,
    `${deletion}\nredis.call("publish", ${JSON.stringify(channel)}, key)`,
  );
}

async function release(lock: Redlock.Lock | null): Promise<void> {
  // An expired or lost lock needs no release.
  await lock?.unlock().catch(ignoreLockError);
}

function ignoreLockError(error: unknown): null {
  if (error instanceof Redlock.LockError) return null;
  throw error;
}
