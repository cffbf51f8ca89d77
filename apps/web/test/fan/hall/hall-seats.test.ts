import { describe, expect, it } from 'vitest';
import { createHall } from '../../../src/fan/hall/seats/hall-seats.ts';
import { drawLayout, drawUniformLayout } from './sample-layout.ts';

describe('createHall', () => {
  it('finds a seat by its number, with its place, category and kind', () => {
    const layout = drawLayout([
      { name: 'Left', rows: 2, seatsPerRow: 3 },
      {
        name: 'Right',
        rows: 1,
        seatsPerRow: 2,
        seat: (_, at) => ({
          category: 'rear',
          ...(at === 0 ? { accessible: true } : { companionOf: '1', obstructedView: 'a pillar' }),
        }),
      },
    ]);

    const hall = createHall(layout);

    expect(hall.seats.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(hall.seats[4]).toMatchObject({ section: 0, row: '2', label: '2', kind: 'standard' });
    expect(hall.seats[6]).toMatchObject({ section: 1, kind: 'accessible', category: { name: 'Rear' } });
    expect(hall.seats[7]).toMatchObject({ kind: 'companion', obstructedView: 'a pillar' });
    expect(
      hall.sections.map(({ seatCount, categories }) => [seatCount, categories.map(({ key }) => key)]),
    ).toEqual([
      [6, ['front']],
      [2, ['rear']],
    ]);
  });

  it('keeps a small date without a layout in one block of short rows', () => {
    const hall = createHall(drawUniformLayout(45));

    expect(hall.hasLayout).toBe(false);
    expect(hall.sections.map(({ name }) => name)).toEqual(['']);
    expect(hall.sections[0]?.rows.map(({ label }) => label)).toEqual(['1–20', '21–40', '41–45']);
    expect(hall.seats[44]).toMatchObject({ number: 45, label: '45' });
  });

  it('divides 50,000 numbers into blocks', () => {
    const hall = createHall(drawUniformLayout(50_000));

    expect(hall.sections).toHaveLength(50);
    expect(hall.sections[49]).toMatchObject({ name: '49001–50000', seatCount: 1_000 });
    expect(hall.seats[49_999]?.number).toBe(50_000);
  });

  it.each([1, 20, 21, 600, 601, 1_001])('gives each of %i numbers one seat', (seatCount) => {
    const { seats } = createHall(drawUniformLayout(seatCount));

    expect(seats.map(({ number }) => number)).toEqual(
      Array.from({ length: seatCount }, (_, index) => index + 1),
    );
  });
});
