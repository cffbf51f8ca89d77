import type { AnyProblem } from '../data/answer.ts';

/** The server's errors of one member of the body, by its JSON pointer (RFC 6901) or those of its members; null without any. */
export function errorAt(problem: AnyProblem | null, pointer: string): string | null {
  if (problem?.code !== 'VALIDATION_FAILED') return null;
  const details = problem.errors
    .filter(({ pointer: at }) => at === pointer || at.startsWith(`${pointer}/`))
    .map(({ detail }) => detail);
  return details.length === 0 ? null : capitalised(details.join('; '));
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
