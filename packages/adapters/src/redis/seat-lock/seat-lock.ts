import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';
import { createKeyedFifoQueue } from '@frontrow/application/shared/keyed-fifo-queue.ts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import Redlock from 'redlock';
import type { Keys } from '../connection/keys.ts';
import { type LockReleases, createLockReleases } from './lock-releases.ts';

/** Longer than any hold's transaction. A lock that lapses under its owner harms nobody: the rows decide. */
const LOCK_TTL_MS = 5_000;
/** How long a request waits for its turn and for the lock together. */
const WAIT_MAX_MS = 2_000;
/** A release whose message got lost is noticed after this long. */
const RETRY_MS = 250;

export type SeatLockOptions = {
  readonly redis: Redis;
  readonly subscriber: Redis;
  readonly keys: Keys;
  readonly logger: Logger;
};

/**
 * A lock on all the seats of a request at once, in one slot of a cluster. Those who wait in this process stand in line;
 * only the head asks Redis, and only when the lock may have become free.
 *
 * The lock is a courtesy to the database: whoever cannot have it, because Redis is away or the wait is over, works
 * without it and gets the answer of the rows. So it never turns an outage or a crowd into a refusal.
 */
export async function createRedisSeatLock(options: SeatLockOptions): Promise<SeatLock> {
  const { keys, subscriber } = options;
  const released = await createLockReleases(subscriber, keys.seatLockReleased);
  const acquire = createAcquire(options, released);
  const turns = createKeyedFifoQueue();

  return {
    async hold({ eventId, seatNumbers }, { attempt }) {
      const seats = [...new Set(seatNumbers)].toSorted((a, b) => a - b);
      if (seats.length === 0) return attempt();
      const lockKeys = seats.map((number) => keys.seatLock(eventId, number));
      const deadline = performance.now() + WAIT_MAX_MS;
      const turn = turns.join(lockKeys);
      let lock: Redlock.Lock | null = null;
      try {
        if ((await turn.waitForTurn(WAIT_MAX_MS)) === 'FIRST') lock = await acquire(lockKeys, deadline);
        return await attempt();
      } finally {
        await release(lock);
        turn.leave();
      }
    },
  };
}

/** Answers null where Redis is away, or the lock is not to be had before the deadline. */
type Acquire = (lockKeys: string[], deadline: number) => Promise<Redlock.Lock | null>;

function createAcquire({ redis, keys, logger }: SeatLockOptions, released: LockReleases): Acquire {
  const redlock = new Redlock([redis as unknown as Redlock.CompatibleRedisClient], {
    retryCount: 0, // honoured here only, not per call
    unlockScript: (script) => publishing(script, keys.seatLockReleased),
  });
  // Redlock answers a busy lock and an outage with the same LockError; only this event tells them apart.
  let faults = 0;
  let isAway = false;
  redlock.on('clientError', (error: Error) => {
    if (!isAway) logger.warn({ err: error }, 'seat locks are away: seats are decided in the database alone');
    isAway = true;
    faults += 1;
  });

  return async (lockKeys, deadline) => {
    const listening = released.listen(lockKeys);
    try {
      for (;;) {
        const faultsBefore = faults;
        const lock = await redlock.acquire(lockKeys, LOCK_TTL_MS).catch(ignoreLockError);
        if (lock !== null) isAway = false;
        const leftMs = deadline - performance.now();
        if (lock !== null || faults !== faultsBefore || leftMs <= 0) return lock;
        await listening.released(Math.min(RETRY_MS, leftMs));
      }
    } finally {
      listening.stop();
    }
  };
}

/** Redlock's own unlock script, which also names each key that it has released, on the channel. */
function publishing(unlockScript: string, channel: string): string {
  const deletion = 'redis.pcall("del", key)';
  if (!unlockScript.includes(deletion)) throw new Error('this version of redlock has another unlock script');
  return unlockScript.replace(
    deletion,
    `${deletion}\nredis.call("publish", ${JSON.stringify(channel)}, key)`,
  );
}

async function release(lock: Redlock.Lock | null): Promise<void> {
  // A lock that has lapsed, or that Redis lost, is as good as released.
  await lock?.unlock().catch(ignoreLockError);
}

function ignoreLockError(error: unknown): null {
  if (error instanceof Redlock.LockError) return null;
  throw error;
}
