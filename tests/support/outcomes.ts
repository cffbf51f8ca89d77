import type { Answer } from './client.ts';

/** The status of an answer, and the code of a refusal: `201` or `409 SEAT_UNAVAILABLE`. */
export function outcome({ status, body }: Answer<{ code: string }>): string {
  return status < 300 ? String(status) : `${status} ${body.code}`;
}

/** How often each value occurs. */
export function countOccurrences(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
