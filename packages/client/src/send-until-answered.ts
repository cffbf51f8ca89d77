import type { Answer, Unreachable } from './answer.ts';
import { backoffMs, pause } from './backoff.ts';

/** A wait before the request is sent again. */
export type Wait = {
  readonly code: string;
  /** Which request has failed; 1 for the first. */
  readonly attempt: number;
  readonly waitMs: number;
};

export type SendOptions = {
  readonly signal?: AbortSignal;
  /** Is told of each wait, so that a page can say what it waits for. */
  readonly onWait?: (wait: Wait) => void;
  /** No request is sent later than this after the first. */
  readonly patienceMs?: number;
  readonly random?: () => number;
};

const PATIENCE_MS = 60_000;
/** The request may have had its effect or not, and will be answered when it is repeated as it is. */
const REPEATED = new Set(['UNREACHABLE', 'UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS', 'RATE_LIMITED']);

/**
 * Sends a request until it has an answer that a repeat does not change, and returns the last answer. `send` sends the same
 * request each time: the same body with the same idempotency key.
 */
export async function sendUntilAnswered<Data, Problem extends { readonly code: string }>(
  send: () => Promise<Answer<Data, Problem>>,
  options: SendOptions = {},
): Promise<Answer<Data, Problem>> {
  const { signal, onWait, patienceMs = PATIENCE_MS, random = Math.random } = options;
  const giveUpAt = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send();
    if (answer.ok || !isRepeated(answer.problem)) return answer;
    const waitMs = backoffMs(attempt, answer.retryAfterMs, random);
    if (performance.now() + waitMs > giveUpAt) return answer;
    onWait?.({ code: answer.problem.code, attempt, waitMs });
    await pause(waitMs, signal);
    if (signal?.aborted === true) return answer;
  }
}

function isRepeated(problem: { readonly code: string } | Unreachable): boolean {
  return REPEATED.has(problem.code) && !('reason' in problem && problem.reason === 'ABORTED');
}
