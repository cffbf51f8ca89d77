import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { EndReason } from '@frontrow/domain/waiting-room/queue-token.ts';

/**
 * A score in the sorted set `ended` is `moment * END_REASON_SPAN + code`. The moment is that of the end, or the end of the
 * session where that is later; the code is the index in END_REASONS.
 */
export const END_REASONS = ['COMPLETED', 'LEFT', 'EXPIRED'] as const satisfies readonly EndReason[];
export const END_REASON_SPAN = 4;
export const END_REASON_CODES = { COMPLETED: 0, LEFT: 1, EXPIRED: 2 } as const satisfies Record<
  EndReason,
  number
>;

export function readEndedScore(score: number): { readonly at: Instant; readonly reason: EndReason } {
  const reason = END_REASONS[score % END_REASON_SPAN];
  if (reason === undefined) throw new RangeError(`the ended score ${score} names no reason`);
  return { at: Math.floor(score / END_REASON_SPAN), reason };
}
