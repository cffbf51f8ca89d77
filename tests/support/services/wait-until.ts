import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 20;

/** Repeats `attempt` until it neither throws nor returns false; throws its last error after `withinMs`. */
export async function waitUntil(
  attempt: () => Promise<unknown>,
  withinMs: number,
  pollMs = POLL_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const outcome = await attempt().then(
      (answer) => (answer === false ? new Error('not yet') : undefined),
      (cause: unknown) => cause,
    );
    if (outcome === undefined) return;
    if (Date.now() > deadline) throw outcome;
    await delay(pollMs);
  }
}
