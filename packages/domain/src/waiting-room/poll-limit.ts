import { POLL_MAX_MS, POLL_MIN_MS } from './admission.ts';

/** How many polls of one place are answered however soon they come. */
export const POLL_BURST = 5;

/**
 * How many more are answered for every `pollAfterMs` that passes. A client that does as it is told asks once in that
 * time, and the same fan in two tabs, each 20 % early, 2.5 times: neither is ever refused. Whoever asks more often than
 * that asks far too early, by the measure of what this very fan was last told: a poll each second is fine at the front
 * of the line and far too much an hour from it.
 */
const POLLS_PER_INTERVAL = 3;

/** What one place may still ask, as of its last poll. Times are of any one clock that does not go back. */
export type PollAllowance = {
  readonly polls: number;
  /** How long one more poll takes to become due. */
  readonly everyMs: number;
  readonly atMs: number;
};

export type PollDecision =
  | { readonly isAllowed: true; readonly allowance: PollAllowance }
  | { readonly isAllowed: false; readonly retryAfterMs: number };

const NEVER_ASKED: PollAllowance = {
  polls: POLL_BURST,
  everyMs: POLL_MIN_MS / POLLS_PER_INTERVAL,
  atMs: 0,
};

/** Whether a poll is answered. `null` stands for a place that has not polled lately. */
export function takePoll(allowance: PollAllowance | null, nowMs: number): PollDecision {
  const { polls, everyMs, atMs } = allowance ?? NEVER_ASKED;
  const due = Math.min(POLL_BURST, polls + Math.max(0, nowMs - atMs) / everyMs);
  // What is refused costs nothing, so that `retryAfterMs` stays true for a client that keeps asking.
  if (due < 1) return { isAllowed: false, retryAfterMs: Math.ceil((1 - due) * everyMs) };
  return { isAllowed: true, allowance: { polls: due - 1, everyMs, atMs: nowMs } };
}

/** The allowance of a fan who was answered with this `pollAfterMs`; null, for an end, counts as the longest. */
export function afterStatusSent(allowance: PollAllowance, pollAfterMs: number | null): PollAllowance {
  return { ...allowance, everyMs: (pollAfterMs ?? POLL_MAX_MS) / POLLS_PER_INTERVAL };
}
