import type { IssueQueueTokenError, Unreachable } from '@frontrow/client';

type JoinProblem = Extract<IssueQueueTokenError, { readonly code: string }> | Unreachable;

/** What the server has said to the attempts to join so far. */
type JoinState = {
  /** Until then only a presale code lets a fan join; null while nothing is known of a presale. */
  readonly presaleUntil: string | null;
  readonly problem: JoinProblem | null;
};

export const NEW_JOIN: JoinState = { presaleUntil: null, problem: null };

export function afterRefusal(state: JoinState, problem: JoinProblem): JoinState {
  const presaleUntil = problem.code === 'SALE_CODE_REQUIRED' ? problem.publicStartAt : state.presaleUntil;
  return { presaleUntil, problem };
}

/** Whether the next attempt needs a code. `now` is the server's time in ms since 1970. */
export function needsCode({ presaleUntil }: JoinState, now: number): boolean {
  return presaleUntil !== null && now < Date.parse(presaleUntil);
}
