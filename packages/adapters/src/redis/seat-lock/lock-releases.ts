import { resolveWithin } from './keyed-fifo-queue.ts';
import { type RedisClient, subscribe } from '../connection/connection.ts';

/** Notifies of every lock that any process releases. */
export type LockReleases = {
  /** Listens for releases of the keys from now on. */
  listen(keys: readonly string[]): LockSubscription;
};
export type LockSubscription = {
  /** Resolves when one of the keys has been released since `listen`, or after `waitMaxMs`. */
  released(waitMaxMs: number): Promise<void>;
  stop(): void;
};

/** `channel` carries the key of every lock that any process releases. */
export async function createLockReleases(subscriber: RedisClient, channel: string): Promise<LockReleases> {
  const listeners = new Map<string, Set<() => void>>();
  subscriber.on('message', (from, key) => {
    if (from === channel) listeners.get(key)?.forEach((wake) => wake());
  });
  await subscribe(subscriber, channel);

  return {
    listen(keys) {
      let isReleased = false;
      let wakeUp: (() => void) | null = null;
      const wake = () => {
        isReleased = true;
        wakeUp?.();
      };
      for (const key of keys) listeners.set(key, (listeners.get(key) ?? new Set()).add(wake));
      return {
        async released(waitMaxMs) {
          if (!isReleased) await resolveWithin<void>((resume) => (wakeUp = resume), waitMaxMs, undefined);
          isReleased = false;
        },
        stop() {
          for (const key of keys) {
            listeners.get(key)?.delete(wake);
            if (listeners.get(key)?.size === 0) listeners.delete(key);
          }
        },
      };
    },
  };
}
