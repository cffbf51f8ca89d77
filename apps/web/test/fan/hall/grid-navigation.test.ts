import { describe, expect, it } from 'vitest';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { type Step, positionOf, seatAfter, stepOf } from '../../../src/fan/hall/section/grid-navigation.ts';
import { createSectionPlan } from '../../../src/fan/hall/section/section-plan.ts';
import { drawLayout } from './sample-layout.ts';

// 10 rows of 5 seats: row 1 has the numbers 1 to 5, row 2 those from 6 to 10, and so on.
const hall = createHall(drawLayout([{ name: 'Parterre', rows: 10, seatsPerRow: 5 }]));
const { lines } = createSectionPlan(hall.sections[0] as never, null, true);

const after = (number: number, step: Step) => {
  const from = positionOf(lines, number);
  return from === null ? null : seatAfter(lines, from, step)?.seat.number;
};

describe('seatAfter', () => {
  it.each([
    [7, 'left', 6],
    [7, 'right', 8],
    [7, 'up', 2],
    [7, 'down', 12],
    [7, 'line-start', 6],
    [7, 'line-end', 10],
    [7, 'page-down', 47],
    [47, 'page-up', 7],
    [7, 'first', 1],
    [7, 'last', 50],
  ] as const)('leads from seat %i by %s to seat %i', (from, step, to) => {
    expect(after(from, step)).toBe(to);
  });

  it.each([
    [1, 'left'],
    [1, 'up'],
    [3, 'page-up'],
    [50, 'right'],
    [50, 'down'],
    [48, 'page-down'],
  ] as const)('stays at seat %i at the edge for %s', (from, step) => {
    expect(after(from, step)).toBe(from);
  });

  it('leads to the nearest seat of a shorter line', () => {
    const layout = drawLayout([
      { name: 'Wide', rows: 1, seatsPerRow: 5 },
      { name: 'Narrow', rows: 1, seatsPerRow: 2, placeOf: (_, at) => ({ x: 20 + at * 10, y: 12 }) },
    ]);
    const [wide, narrow] = createHall(layout).sections;
    const rows = [...(wide?.rows ?? []), ...(narrow?.rows ?? [])];
    const plan = createSectionPlan({ ...(wide as never as object), rows } as never, null, true);

    expect(seatAfter(plan.lines, { line: 0, at: 4 }, 'down')?.seat.number).toBe(7);
    expect(seatAfter(plan.lines, { line: 1, at: 0 }, 'up')?.seat.number).toBe(3);
  });
});

describe('stepOf', () => {
  it.each([
    ['ArrowLeft', false, 'left'],
    ['PageDown', false, 'page-down'],
    ['Home', false, 'line-start'],
    ['Home', true, 'first'],
    ['End', true, 'last'],
    ['ArrowLeft', true, null],
    ['a', false, null],
  ] as const)('reads %s with Ctrl %s as %s', (key, isControl, step) => {
    expect(stepOf(key, isControl)).toBe(step);
  });
});

describe('positionOf', () => {
  it('finds nothing for a seat of another section', () => {
    expect(positionOf(lines, 51)).toBeNull();
  });
});
