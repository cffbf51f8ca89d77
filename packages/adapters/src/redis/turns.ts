/** A place in the line for several keys at once. */
export type Turn = {
  /** True once nobody who came earlier wants any of the keys; false where that takes longer than `waitMaxMs`. */
  come(waitMaxMs: number): Promise<boolean>;
  /** Lets the next in line come. */
  leave(): void;
};

type Waiter = { readonly keys: readonly string[]; wake: (() => void) | null };

/**
 * Lines of those who wait in this process, first in, first out per key. Everybody joins all lines of the own keys in one
 * step, so whoever came first of all is at the head of every line: nobody waits in a circle.
 */
export function createTurns(): { join(keys: readonly string[]): Turn } {
  const lines = new Map<string, Waiter[]>();
  const isHead = (waiter: Waiter) => waiter.keys.every((key) => lines.get(key)?.[0] === waiter);

  function leave(waiter: Waiter): void {
    for (const key of waiter.keys) {
      const line = lines.get(key) ?? [];
      line.splice(line.indexOf(waiter), 1);
      if (line.length === 0) lines.delete(key);
    }
    const heads = new Set(waiter.keys.map((key) => lines.get(key)?.[0]));
    for (const head of heads) if (head !== undefined && isHead(head)) head.wake?.();
  }

  return {
    join(keys) {
      const waiter: Waiter = { keys, wake: null };
      for (const key of keys)
        lines
          .set(key, lines.get(key) ?? [])
          .get(key)
          ?.push(waiter);
      return {
        async come(waitMaxMs) {
          if (!isHead(waiter)) await wokenBy((wake) => (waiter.wake = wake), waitMaxMs);
          return isHead(waiter);
        },
        leave: () => leave(waiter),
      };
    },
  };
}

/** Resolves when what `register` was given is called, or after `timeoutMs`. */
export function wokenBy(register: (wake: () => void) => void, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, timeoutMs));
    register(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
