import type { Problem } from '../support/response-bodies.ts';
import type { Answer } from '../support/client.ts';
import { outcome } from '../support/outcomes.ts';

/** Internal details that no answer may contain. */
const INTERNAL = /node_modules|\.ts:\d|\bselect |Error:/i;

/** The status and the code of a refusal. Throws unless its body is a problem document as the contract describes it. */
export async function readRefusal(response: Promise<Answer<Problem>>): Promise<string> {
  const answer = await response;
  const { status, headers, body } = answer;
  const document = body as unknown as Record<string, unknown>;
  const isComplete =
    String(headers['content-type']).startsWith('application/problem+json') &&
    ['type', 'title', 'detail', 'instance', 'code'].every((member) => typeof document[member] === 'string') &&
    document['status'] === status &&
    !INTERNAL.test(JSON.stringify(body)) &&
    (body.code !== 'VALIDATION_FAILED' || (body.errors ?? []).length > 0);
  if (!isComplete) throw new Error(`no problem document: ${status} ${JSON.stringify({ headers, body })}`);
  return outcome(answer);
}
