import { vi } from 'vitest';

const WITHIN_MS = 15_000;

/** Repeats `attempt` until it does not throw, and returns its value; throws its last error after `timeout` ms. */
export function eventually<T>(attempt: () => Promise<T>, timeout = WITHIN_MS): Promise<T> {
  return vi.waitFor(attempt, { timeout, interval: 20 });
}
