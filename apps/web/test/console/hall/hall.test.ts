import { describe, expect, it } from 'vitest';
import { type Hall, hallOf, placeOf } from '../../../src/console/hall/hall.ts';
import { nearestSeat, pointsOf } from '../../../src/console/hall/hall-points.ts';
import { PART_SEATS_MAX, partsOf } from '../../../src/console/hall/parts.ts';

const category = { key: 'a', name: 'A', price: 100, colour: '#123456' };
const seatsOf = (count: number, y: number) =>
  Array.from({ length: count }, (_, x) => ({ label: `${x + 1}`, x, y, category: 'a' }));

/** Sections with rows of so many seats. */
function hallWith(sections: Readonly<Record<string, readonly number[]>>): Hall {
  let y = 0;
  return hallOf({
    categories: [category],
    sections: Object.entries(sections).map(([name, rows]) => ({
      name,
      rows: rows.map((count, row) => ({ label: `R${row + 1}`, seats: seatsOf(count, (y += 2)) })),
    })),
  });
}

describe('hallOf', () => {
  it('numbers the seats in the order of sections, rows and seats', () => {
    const hall = hallWith({ Parterre: [3, 2], Balcony: [4] });

    expect(hall.seatCount).toBe(9);
    expect(hall.sections.map(({ firstNumber, seatCount }) => [firstNumber, seatCount])).toEqual([
      [1, 5],
      [6, 4],
    ]);
    expect(placeOf(hall, 4)).toMatchObject({ section: 'Parterre', row: 'R2', seat: { label: '1' } });
    expect(placeOf(hall, 9)).toMatchObject({ section: 'Balcony', row: 'R1', seat: { label: '4' } });
  });

  it.each([0, -1, 10, 1.5])('has no place for the number %d', (number) => {
    expect(placeOf(hallWith({ Parterre: [9] }), number)).toBeNull();
  });

  it('finds places beside empty rows and sections', () => {
    const hall = hallWith({ Empty: [], Parterre: [0, 2, 0], Balcony: [1] });

    expect(placeOf(hall, 1)).toMatchObject({ section: 'Parterre', row: 'R2' });
    expect(placeOf(hall, 3)).toMatchObject({ section: 'Balcony' });
  });
});

describe('partsOf', () => {
  it('shows a small section as one part with its rows as lines', () => {
    const [part, ...others] = partsOf(hallWith({ Parterre: [12, 12] }));

    expect(others).toEqual([]);
    expect(part).toMatchObject({ name: 'Parterre', firstNumber: 1, seatCount: 24 });
    expect(part?.lines.map(({ name }) => name)).toEqual(['R1', 'R2']);
  });

  it('names the lines of long rows by row and seats', () => {
    const [part] = partsOf(hallWith({ Parterre: [60, 61] }));

    expect(part?.lines.map(({ name }) => name)).toEqual(['R1', 'R2: 1–25', 'R2: 26–50', 'R2: 51–61']);
  });

  it('splits 50,000 seats in one row into parts and lines, and loses none', () => {
    const parts = partsOf(hallWith({ Standard: [50_000] }));

    expect(parts).toHaveLength(50);
    expect(parts[1]).toMatchObject({ name: 'Standard, part 2', firstNumber: 1_001 });
    expect(parts[1]?.lines[0]).toMatchObject({ name: '1001–1025', firstNumber: 1_001 });
    for (const { seatCount } of parts) expect(seatCount).toBeLessThanOrEqual(PART_SEATS_MAX);
    const numbers = parts.flatMap(({ lines }) =>
      lines.flatMap(({ firstNumber, seats }) => seats.map((_, index) => firstNumber + index)),
    );
    expect(numbers).toEqual(Array.from({ length: 50_000 }, (_, index) => index + 1));
  });

  it('has no part for a section without seats', () => {
    expect(partsOf(hallWith({ Empty: [], Parterre: [1] })).map(({ name }) => name)).toEqual(['Parterre']);
  });
});

describe('pointsOf', () => {
  it('finds the seat nearest to a point', () => {
    const points = pointsOf(hallWith({ Parterre: [10, 10] }));

    expect(points.isLine).toBe(false);
    expect(nearestSeat(points, 0, 0)).toBe(1);
    expect(nearestSeat(points, 1, 1)).toBe(20);
  });

  it('says that one row is no drawing, also with 50,000 seats', () => {
    expect(pointsOf(hallWith({ Standard: [50_000] })).isLine).toBe(true);
  });
});
