import type { Line, PlacedSeat } from './section-plan.ts';

/** A part of the plan, in cells. */
export type Range = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** Up to this many seats are all rendered at once. */
export const SEATS_AT_ONCE_MAX = 1_500;
const STEP = 10;

/** The part that a scroller shows, with a margin around it, in steps: scrolling within a step renders nothing. */
export function rangeOf(
  scroller: Pick<HTMLElement, 'scrollLeft' | 'scrollTop' | 'clientWidth' | 'clientHeight'>,
  cell: number,
): Range {
  const down = (px: number) => Math.floor(px / cell / STEP) * STEP - STEP;
  const up = (px: number) => Math.ceil(px / cell / STEP) * STEP + STEP;
  return {
    left: down(scroller.scrollLeft),
    top: down(scroller.scrollTop),
    right: up(scroller.scrollLeft + scroller.clientWidth),
    bottom: up(scroller.scrollTop + scroller.clientHeight),
  };
}

export function isSameRange(a: Range | null, b: Range | null): boolean {
  if (a === null || b === null) return a === b;
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

/** The seats of a line within a range, and one more seat wherever it is. */
export function seatsWithin({ seats }: Line, range: Range | null, besides: number): readonly PlacedSeat[] {
  if (range === null) return seats;
  return seats.filter(
    ({ seat, x, y }) =>
      seat.number === besides || (x >= range.left && x <= range.right && y >= range.top && y <= range.bottom),
  );
}
