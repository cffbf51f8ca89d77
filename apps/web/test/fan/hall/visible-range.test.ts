import { describe, expect, it } from 'vitest';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { createSectionPlan } from '../../../src/fan/hall/section/section-plan.ts';
import { isSameRange, rangeOf, seatsWithin } from '../../../src/fan/hall/section/visible-range.ts';
import { nearestScroll } from '../../../src/fan/hall/section/zoom.ts';
import { drawLayout } from './sample-layout.ts';

const scrollerAt = (scrollLeft: number, scrollTop: number) => ({
  scrollLeft,
  scrollTop,
  clientWidth: 400,
  clientHeight: 300,
});

describe('rangeOf', () => {
  it('contains what the scroller shows, and a margin of ten cells', () => {
    expect(rangeOf(scrollerAt(1_000, 500), 20)).toEqual({ left: 40, top: 10, right: 80, bottom: 50 });
  });

  it('stays the same while the scroller moves within a step', () => {
    expect(isSameRange(rangeOf(scrollerAt(1_005, 505), 20), rangeOf(scrollerAt(1_015, 515), 20))).toBe(true);
    expect(isSameRange(rangeOf(scrollerAt(1_005, 505), 20), rangeOf(scrollerAt(1_205, 505), 20))).toBe(false);
    expect(isSameRange(null, rangeOf(scrollerAt(0, 0), 20))).toBe(false);
  });
});

describe('seatsWithin', () => {
  const hall = createHall(drawLayout([{ name: 'Field', rows: 2, seatsPerRow: 30 }]));
  const [front, rear] = createSectionPlan(hall.sections[0] as never, null, true).lines;
  const range = { left: 5, top: 0, right: 10, bottom: 1 };
  const numbersOf = (line: typeof front, besides: number) =>
    seatsWithin(line as never, range, besides).map(({ seat }) => seat.number);

  it('has the seats of the range alone', () => {
    expect(numbersOf(front, 0)).toEqual([5, 6, 7, 8, 9]);
    expect(numbersOf(rear, 0)).toEqual([]);
  });

  it('has the seat with the focus wherever it is', () => {
    expect(numbersOf(front, 30)).toEqual([5, 6, 7, 8, 9, 30]);
    expect(numbersOf(rear, 31)).toEqual([31]);
  });

  it('has every seat without a range', () => {
    expect(seatsWithin(front as never, null, 0)).toHaveLength(30);
  });
});

describe('nearestScroll', () => {
  it.each([
    ['stays where the point is visible', 100, 200, 100],
    ['scrolls back to a point before', 100, 90, 70],
    ['scrolls on to a point behind', 100, 500, 220],
  ])('%s', (_, now, point, expected) => {
    expect(nearestScroll(now, 300, point, 20)).toBe(expected);
  });
});
