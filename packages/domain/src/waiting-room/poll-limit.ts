import { POLL_MAX_MS, POLL_MIN_MS } from './admission.ts';

/** How many polls of one place are answered without any time between them. */
export const POLL_BURST = 8;

/**
 * How many more polls are answered in each `pollAfterMs`. A client that follows `pollAfterMs` polls once in that time, and
 * a fan with four tabs, each 20 % early, polls five times: neither is ever refused. The limit depends on the fan's last
 * `pollAfterMs`, so a poll each second is allowed at the front of the line and refused far from it.
 */
const POLLS_PER_INTERVAL = 6;

/** What one place may still poll, as of its last poll. Times are those of one monotonic clock. */
export type PollAllowance = {
  readonly polls: number;
  /** The time that adds one poll. */
  readonly everyMs: number;
  readonly atMs: number;
};

export type PollDecision =
  | { readonly isAllowed: true; readonly allowance: PollAllowance }
  | { readonly isAllowed: false; readonly retryAfterMs: number };

const NEVER_POLLED: PollAllowance = {
  polls: POLL_BURST,
  everyMs: POLL_MIN_MS / POLLS_PER_INTERVAL,
  atMs: 0,
};

/** Whether a poll is answered. `allowance` is null for a place without a recent poll. */
export function takePoll(allowance: PollAllowance | null, nowMs: number): PollDecision {
  const { polls, everyMs, atMs } = allowance ?? NEVER_POLLED;
  const due = Math.min(POLL_BURST, polls + Math.max(0, nowMs - atMs) / everyMs);
  // A refused poll costs nothing, so `retryAfterMs` stays right for a client that keeps polling.
  if (due < 1) return { isAllowed: false, retryAfterMs: Math.ceil((1 - due) * everyMs) };
  return { isAllowed: true, allowance: { polls: due - 1, everyMs, atMs: nowMs } };
}

/** The allowance after an answer with this `pollAfterMs`. Null, for a place that has ended, counts as the longest. */
export function afterStatusSent(allowance: PollAllowance, pollAfterMs: number | null): PollAllowance {
  return { ...allowance, everyMs: (pollAfterMs ?? POLL_MAX_MS) / POLLS_PER_INTERVAL };
}
