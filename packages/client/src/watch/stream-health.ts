import { startTimer } from './elapsed.ts';

/** Whether streams work, as far as their failures tell. */
export type StreamHealth = {
  /** How long no stream is opened, in ms. */
  blockedMs(): number;
  /** With `isCertain`, by an answer that says so. */
  failed(isCertain: boolean): void;
  worked(): void;
  /** The failures so far were those of an outage: one more blocks streams. */
  forgive(): void;
};

/** After this many streams without success it polls. */
const FAILURES_MAX = 2;
/** How long it polls before it tries a stream again: four times as long after each failure from then on. */
const BLOCKED_FIRST_MS = 5_000;
const BLOCKED_LONGEST_MS = 600_000;

export function createStreamHealth(): StreamHealth {
  let failures = 0;
  let blocks = 0;
  let sinceFailure = startTimer();
  return {
    blockedMs() {
      if (failures < FAILURES_MAX) return 0;
      return Math.max(0, Math.min(BLOCKED_LONGEST_MS, BLOCKED_FIRST_MS * 4 ** (blocks - 1)) - sinceFailure());
    },
    failed(isCertain) {
      failures = isCertain ? FAILURES_MAX : failures + 1;
      if (failures >= FAILURES_MAX) blocks += 1;
      sinceFailure = startTimer();
    },
    worked() {
      [failures, blocks] = [0, 0];
    },
    forgive() {
      [failures, blocks] = [FAILURES_MAX - 1, 0];
    },
  };
}
