import { describe, expect, it } from 'vitest';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { createSectionPlan } from '../../../src/fan/hall/section/section-plan.ts';
import { type DrawnSection, drawLayout, drawUniformLayout } from './sample-layout.ts';

const STAGE = { x: 50, y: -100 };

function planOf(section: Omit<DrawnSection, 'name'>, stage = STAGE) {
  const hall = createHall(drawLayout([{ name: 'Parterre', ...section }], { stage }));
  return createSectionPlan(hall.sections[0] as never, hall.stage, true);
}

const labelsOf = ({ lines }: ReturnType<typeof planOf>) =>
  lines.map(({ seats }) => seats.map(({ seat }) => `${seat.row}-${seat.label}`));

describe('createSectionPlan', () => {
  it('places seats by their coordinates, a seat wide apart', () => {
    const plan = planOf({ rows: 2, seatsPerRow: 3 });

    expect(labelsOf(plan)).toEqual([
      ['1-1', '1-2', '1-3'],
      ['2-1', '2-2', '2-3'],
    ]);
    const [first, second] = plan.lines;
    expect(first?.seats.map(({ x }) => Math.round(10 * (x - (first.seats[0]?.x ?? 0))))).toEqual([0, 10, 20]);
    expect((second?.y ?? 0) - (first?.y ?? 0)).toBeCloseTo(1.2);
  });

  it('keeps an aisle within a row', () => {
    const plan = planOf({
      rows: 1,
      seatsPerRow: 6,
      placeOf: (_, at) => ({ x: at < 3 ? at * 10 : at * 10 + 20, y: 0 }),
    });

    const xs = plan.lines[0]?.seats.map(({ x }) => x) ?? [];
    expect(xs.map((x) => Math.round(x - (xs[0] ?? 0)))).toEqual([0, 1, 2, 5, 6, 7]);
  });

  it('shows the first row on top where rows run from the back to the front', () => {
    const plan = planOf({
      rows: 3,
      seatsPerRow: 2,
      placeOf: (row, at) => ({ x: at * 10, y: 100 - row * 12 }),
    });

    expect(plan.lines.map(({ label }) => label)).toEqual(['3', '2', '1']);
  });

  it('orders the seats of a line from left to right where they are numbered from the right', () => {
    const plan = planOf({ rows: 1, seatsPerRow: 3, placeOf: (_, at) => ({ x: -10 * at, y: 0 }) });

    expect(labelsOf(plan)).toEqual([['1-3', '1-2', '1-1']]);
  });

  it.each([
    ['to the right of the stage', { x: -100, y: 20 }, ['1', '2']],
    ['to the left of the stage', { x: 200, y: 20 }, ['2', '1']],
  ])('turns a side section %s so that the stage is above', (_, stage, labels) => {
    const plan = planOf(
      { rows: 2, seatsPerRow: 5, placeOf: (row, at) => ({ x: row * 12, y: at * 10 }) },
      stage,
    );

    expect(plan.stage).toBe('top');
    expect(plan.lines.map(({ label }) => label)).toEqual(labels);
    expect(plan.lines.every(({ seats }) => seats.length === 5)).toBe(true);
  });

  it.each([
    [{ x: 10, y: -200 }, 'top'],
    [{ x: 10, y: 400 }, 'bottom'],
    [{ x: 900, y: 10 }, 'right'],
    [{ x: -900, y: 10 }, 'left'],
  ] as const)('says for a stage at %j that it is at the %s', (stage, side) => {
    expect(planOf({ rows: 2, seatsPerRow: 3 }, stage).stage).toBe(side);
  });

  it.each([
    ['the same place for all', () => ({ x: 0, y: 0 })],
    ['places within another', (row: number, at: number) => ({ x: (at % 2) * 10, y: row * 0.01 })],
    ['places far apart', (row: number, at: number) => ({ x: at === 3 ? 900_000 : at * 10, y: row * 12 })],
  ])('places seats row by row where the layout has %s', (_, placeOf) => {
    const plan = planOf({ rows: 2, seatsPerRow: 4, placeOf });

    expect(labelsOf(plan)).toEqual([
      ['1-1', '1-2', '1-3', '1-4'],
      ['2-1', '2-2', '2-3', '2-4'],
    ]);
    expect(plan.width).toBeLessThan(10);
  });

  it('wraps a row of 5,000 seats', () => {
    const plan = planOf({ rows: 1, seatsPerRow: 5_000 });

    expect(plan.lines).toHaveLength(125);
    expect(Math.max(...plan.lines.map(({ seats }) => seats.length))).toBe(40);
    expect(plan.lines.flatMap(({ seats }) => seats)).toHaveLength(5_000);
  });

  it('shows rows of one seat', () => {
    expect(labelsOf(planOf({ rows: 3, seatsPerRow: 1 }))).toEqual([['1-1'], ['2-1'], ['3-1']]);
  });

  it('shows the numbers of a date without a layout in lines of twenty', () => {
    const hall = createHall(drawUniformLayout(50));
    const plan = createSectionPlan(hall.sections[0] as never, hall.stage, hall.hasLayout);

    expect(plan.lines.map(({ seats }) => seats.length)).toEqual([20, 20, 10]);
    expect(plan.stage).toBe('top');
  });
});
