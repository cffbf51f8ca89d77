/** How a wait in the queue ended. */
export type QueueOutcome =
  /** No earlier request for any of the keys is left. */
  'FIRST' | 'TIMED_OUT';

/** A request that is queued under several keys at once. It must leave, however its wait ends. */
export type QueuedRequest = {
  waitForTurn(waitMaxMs: number): Promise<QueueOutcome>;
  /** Lets the next request take its turn. */
  leave(): void;
};

type Waiter = { readonly keys: readonly string[]; wake: ((outcome: QueueOutcome) => void) | null };

/**
 * A first-in, first-out queue per key, in this process. A request joins the queues of all its keys in one step, so the
 * oldest request is first in each of its queues, and no requests wait for each other in a circle.
 */
export function createKeyedFifoQueue(): { join(keys: readonly string[]): QueuedRequest } {
  const queues = new Map<string, Set<Waiter>>();
  const headOf = (key: string) => queues.get(key)?.values().next().value;
  const isFirst = (waiter: Waiter) => waiter.keys.every((key) => headOf(key) === waiter);

  function remove(waiter: Waiter): void {
    for (const key of waiter.keys) {
      const queue = queues.get(key);
      queue?.delete(waiter);
      if (queue?.size === 0) queues.delete(key);
    }
  }

  function wakeHeads(keys: Iterable<string>): void {
    const heads = new Set(Array.from(keys, headOf));
    for (const head of heads) if (head !== undefined && isFirst(head)) head.wake?.('FIRST');
  }

  return {
    join(keys) {
      const waiter: Waiter = { keys, wake: null };
      for (const key of keys) queues.set(key, (queues.get(key) ?? new Set()).add(waiter));
      return {
        waitForTurn: async (waitMaxMs) =>
          isFirst(waiter)
            ? 'FIRST'
            : resolveWithin<QueueOutcome>((wake) => (waiter.wake = wake), waitMaxMs, 'TIMED_OUT'),
        leave() {
          remove(waiter);
          wakeHeads(keys);
        },
      };
    },
  };
}

/** Resolves with the outcome that the registered function is called with, or with `timedOut` after `timeoutMs`. */
export function resolveWithin<T>(
  register: (wake: (outcome: T) => void) => void,
  timeoutMs: number,
  timedOut: T,
): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, timeoutMs), timedOut);
    register((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}
