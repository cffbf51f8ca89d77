import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { IdempotentRequest } from '../ports/shared/idempotency.ts';
import type { Subject, Transact, UnitOfWork } from '../ports/shared/unit-of-work.ts';
import { type Answer, type ReplayRefusal, replayOf } from './idempotently.ts';

/** Null for a request that the transaction could not decide. */
export type Decision<T, E> = Result<T, E> | null;

/**
 * Answers distinct requests in one transaction, in their order. They have one subject, or subjects of one line. `decide` receives the requests whose keys are new; the
 * others replay their stored answers. Commits the answers of `decide` with their keys, and nothing of a refusal, which is
 * therefore certain only after the commit. Rolls back when there is no answer to commit.
 */
export async function answerTogether<Request extends { readonly request: IdempotentRequest }, T, E>(
  transact: Transact,
  requests: readonly Request[],
  subject: Subject,
  decide: (unit: UnitOfWork, requests: readonly Request[]) => Promise<readonly Decision<T, E>[]>,
): Promise<readonly Decision<Answer<T>, E | ReplayRefusal>[]> {
  const outcome = await transact(async (unit) => {
    const claims = await unit.idempotency.claim(requests.map(({ request }) => request));
    // In a group, the key in progress may be another request's.
    if (requests.length > 1 && claims.some(({ kind }) => kind === 'IN_PROGRESS'))
      return refuse(requests.map(() => null));
    const outcomes: Decision<Answer<T>, E | ReplayRefusal>[] = requests.map(({ request }, index) =>
      replayOf<T>(request, claims[index]),
    );
    const fresh = [...requests.keys()].filter((index) => outcomes[index] === null);
    if (fresh.length === 0) return refuse(outcomes);

    const decisions = await decide(
      unit,
      fresh.map((index) => requests[index]!),
    );
    const answers = [];
    const abandoned = [];
    for (const [position, index] of fresh.entries()) {
      const decision = decisions[position] ?? null;
      const { request } = requests[index]!;
      if (decision?.ok === true) {
        answers.push({ request, answer: decision.value });
        outcomes[index] = ok({ value: decision.value, replayed: false });
      } else {
        abandoned.push(request);
        outcomes[index] = decision;
      }
    }
    if (answers.length === 0) return refuse(outcomes);
    await unit.idempotency.complete(answers);
    if (abandoned.length > 0) await unit.idempotency.abandon(abandoned);
    return ok(outcomes);
  }, subject);
  return outcome.ok ? outcome.value : outcome.refusal;
}
