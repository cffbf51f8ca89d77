import type { Problem } from '../support/response-bodies.ts';
import type { Answer } from '../support/client.ts';
import { outcome } from '../support/outcomes.ts';

/** What a client must never see of us. */
const INSIDE = /node_modules|\.ts:\d|\bselect |Error:/i;

/** The status and the code of a refusal. Throws unless it is the problem document of the contract. */
export async function readRefusal(said: Promise<Answer<Problem>>): Promise<string> {
  const answer = await said;
  const { status, headers, body } = answer;
  const document = body as unknown as Record<string, unknown>;
  const isComplete =
    String(headers['content-type']).startsWith('application/problem+json') &&
    ['type', 'title', 'detail', 'instance', 'code'].every((member) => typeof document[member] === 'string') &&
    document['status'] === status &&
    !INSIDE.test(JSON.stringify(body)) &&
    (body.code !== 'VALIDATION_FAILED' || (body.errors ?? []).length > 0);
  if (!isComplete) throw new Error(`no problem document: ${status} ${JSON.stringify({ headers, body })}`);
  return outcome(answer);
}
