/** How a wait in line ended. */
export type QueueOutcome =
  /** Nobody who came earlier is left in line for any of the keys. */
  | 'FIRST'
  /** Somebody in line for one of the keys has sent everybody away who waited behind it. */
  | 'DISMISSED'
  | 'LATE';

/** A place in the line for several keys at once. Whoever takes one leaves it in the end, however the wait ends. */
export type QueuedRequest = {
  waitForTurn(waitMaxMs: number): Promise<QueueOutcome>;
  /** Lets the next in line come. */
  leave(): void;
  /** Leaves, and sends away all who are in line for any of the keys. */
  dismissRivals(): void;
};

type Waiter = { readonly keys: readonly string[]; wake: ((outcome: QueueOutcome) => void) | null };

/**
 * Lines of those who wait in this process, first in, first out per key. Everybody joins all lines of the own keys in one
 * step, so whoever came first of all is at the head of every line: nobody waits in a circle.
 */
export function createKeyedFifoQueue(): { join(keys: readonly string[]): QueuedRequest } {
  const lines = new Map<string, Set<Waiter>>();
  const headOf = (key: string) => lines.get(key)?.values().next().value;
  const isFirst = (waiter: Waiter) => waiter.keys.every((key) => headOf(key) === waiter);

  function remove(waiter: Waiter): void {
    for (const key of waiter.keys) {
      const line = lines.get(key);
      line?.delete(waiter);
      if (line?.size === 0) lines.delete(key);
    }
  }

  function wakeHeads(keys: Iterable<string>): void {
    const heads = new Set(Array.from(keys, headOf));
    for (const head of heads) if (head !== undefined && isFirst(head)) head.wake?.('FIRST');
  }

  function dismiss(waiter: Waiter): void {
    const rivals = new Set(waiter.keys.flatMap((key) => [...(lines.get(key) ?? [])]));
    for (const rival of rivals) remove(rival);
    for (const rival of rivals) if (rival !== waiter) rival.wake?.('DISMISSED');
    wakeHeads(new Set([...rivals].flatMap(({ keys }) => keys)));
  }

  return {
    join(keys) {
      const waiter: Waiter = { keys, wake: null };
      for (const key of keys) lines.set(key, (lines.get(key) ?? new Set()).add(waiter));
      return {
        waitForTurn: async (waitMaxMs) =>
          isFirst(waiter)
            ? 'FIRST'
            : resolveWithin<QueueOutcome>((wake) => (waiter.wake = wake), waitMaxMs, 'LATE'),
        leave() {
          remove(waiter);
          wakeHeads(keys);
        },
        dismissRivals: () => dismiss(waiter),
      };
    },
  };
}

/** Resolves with what the function that `register` is given is called with, or after `timeoutMs` with `late`. */
export function resolveWithin<T>(
  register: (wake: (outcome: T) => void) => void,
  timeoutMs: number,
  late: T,
): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, timeoutMs), late);
    register((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}
