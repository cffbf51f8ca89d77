import type { WaitEstimate } from './wait-estimate.ts';

/** No place up to this position has a longer estimate. */
export type WaitMark = WaitEstimate & { readonly upToPosition: number };

export const WAIT_MARKS_MAX = 50;
/** The median grows at least so much from one mark to the next. */
const GROWTH_MIN = 1.1;

/**
 * The estimates of a line in at most `marksMax` groups of neighbours: each group has the estimate of its last place. Within a
 * group the medians, in whole seconds, differ by 10 %, or by more where the line is so long that `marksMax` demands it.
 * `estimateUpTo` must not fall from one position to the next.
 */
export function markWaits(
  estimateUpTo: (position: number) => WaitEstimate,
  length: number,
  marksMax = WAIT_MARKS_MAX,
): readonly WaitMark[] {
  const secondsAt = (position: number) => Math.ceil(estimateUpTo(position).medianMs / 1_000);
  if (length === 0) return [];
  const growth = Math.max(GROWTH_MIN, (secondsAt(length) / secondsAt(1)) ** (1 / (marksMax - 1)));
  const marks: WaitMark[] = [];
  for (let last = 0; last < length;) {
    const limit = secondsAt(last + 1) * growth;
    last = lastWhere((position) => secondsAt(position) <= limit, last + 1, length);
    marks.push({ upToPosition: last, ...estimateUpTo(last) });
  }
  return marks;
}

/** The estimate that the marks have for a position, at least the place's own. Null beyond the last mark. */
export function waitByMarks(marks: readonly WaitMark[], position: number): WaitEstimate | null {
  return marks.find(({ upToPosition }) => position <= upToPosition) ?? null;
}

/** The last number from `from` to `to` that fits, where `from` does and none fits after one that does not. */
function lastWhere(fits: (position: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
