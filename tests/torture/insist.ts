import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../support/client.ts';
import type { Problem } from '../support/response-bodies.ts';
import type { Random } from './random.ts';
import type { Kind, Records } from './records.ts';

const PATIENCE_MS = 60_000;
/** An outcome that the same request, sent again, will tell. */
const AGAIN = ['UNAVAILABLE', 'RATE_LIMITED', 'IDEMPOTENCY_IN_PROGRESS'];

export type Insist = <Body>(
  kind: Kind,
  send: () => Promise<Answer<Body & Problem>>,
) => Promise<Answer<Body & Problem> | null>;

/** Sends the same request until its outcome is known. Null where the fan has given up after a minute. */
export function createInsist(records: Records, random: Random): Insist {
  return async (kind, send) => {
    const deadline = performance.now() + PATIENCE_MS;
    let latest = '';
    while (performance.now() < deadline) {
      const startedAt = performance.now();
      try {
        const answer = await send();
        records.answered(kind, answer, performance.now() - startedAt);
        if (answer.status < 300 || !AGAIN.includes(answer.body.code)) return answer;
        latest = `${answer.status} ${answer.body.code}`;
      } catch (error) {
        latest = error instanceof Error ? error.message : String(error);
        records.count(kind, 'no answer');
      }
      await delay(random.between(100, 500));
    }
    records.unresolved.push(`${kind}: ${latest}`);
    return null;
  };
}
