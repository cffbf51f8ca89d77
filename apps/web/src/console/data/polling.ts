/** Whether somebody can see the page, as `document` tells it. */
export type Visibility = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;

/** A read that fails again and again is repeated after at most this time. */
const BACKOFF_MAX_MS = 30_000;

/**
 * Calls `refresh` now and `everyMs` after each answer, while the page is visible, and at once when it becomes visible
 * again. `refresh` resolves with how long the server asks to wait, in ms, or null; `hasFailed` slows the polling down.
 * Returns what ends the polling.
 */
export function startPolling(
  refresh: () => Promise<number | null>,
  everyMs: number,
  hasFailed: () => boolean,
  visibility: Visibility = document,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let round = 0;

  async function poll(): Promise<void> {
    clearTimeout(timer);
    const mine = ++round;
    const waitMs = await refresh();
    if (mine !== round) return;
    failures = hasFailed() ? failures + 1 : 0;
    const backoffMs = Math.min(BACKOFF_MAX_MS, everyMs * 2 ** failures);
    if (!visibility.hidden) timer = setTimeout(() => void poll(), Math.max(backoffMs, waitMs ?? 0));
  }

  function onVisibility(): void {
    if (visibility.hidden) clearTimeout(timer);
    else void poll();
  }

  visibility.addEventListener('visibilitychange', onVisibility);
  void poll();
  return () => {
    round++;
    clearTimeout(timer);
    visibility.removeEventListener('visibilitychange', onVisibility);
  };
}
