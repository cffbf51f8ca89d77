const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next request, in ms: twice as long after each failure, and at random between a half and the
 * whole of it, so that a crowd that was refused together does not return together. Never less than `Retry-After`.
 */
export function backoffMs(failures: number, retryAfterMs: number | null, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  const jittered = ceiling * (0.5 + random() / 2);
  return Math.round(Math.max(jittered, (retryAfterMs ?? 0) * (1 + random() / 4)));
}

/** Resolves after `ms`, and at once when the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
}
