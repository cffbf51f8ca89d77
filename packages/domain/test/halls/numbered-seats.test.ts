import { describe, expect, it } from 'vitest';
import { categoryOf, hasFlag, numberSeats, placeOf, uniformLayout } from '../../src/halls/numbered-seats.ts';
import { checkLayout } from '../../src/halls/check-layout.ts';
import { LAYOUT } from './sample-layout.ts';

describe('the numbered seats of a layout', () => {
  const seats = numberSeats(LAYOUT);

  it('follow its order of sections, rows and seats', () => {
    expect(seats.seatCount).toBe(9);
    expect(seats.rows).toEqual([
      { section: 0, label: 'A', firstNumber: 1, seatCount: 4 },
      { section: 0, label: 'B', firstNumber: 5, seatCount: 3 },
      { section: 1, label: 'A', firstNumber: 8, seatCount: 2 },
    ]);
    expect([...seats.section]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect([...seats.row]).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2]);
    expect(placeOf(seats, 6)).toEqual({ section: 'Parterre', row: 'B', label: '2' });
    expect(placeOf(seats, 9)).toEqual({ section: 'Balcony', row: 'A', label: '2' });
  });

  it('have the category, rank, flags and companion of each seat', () => {
    expect([...seats.category]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0]);
    expect(categoryOf(seats, 6)).toMatchObject({ key: 'B', price: 50_000 });
    expect([...seats.rank]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...seats.companionOf]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect([...seats.flags]).toEqual([1, 2, 0, 8, 0, 0, 4, 0, 0]);
    expect(hasFlag(seats, 4, 'blocked')).toBe(true);
    expect(hasFlag(seats, 5, 'blocked')).toBe(false);
  });

  it('have no place for a number outside the layout', () => {
    expect(placeOf(seats, 0)).toBeNull();
    expect(placeOf(seats, 10)).toBeNull();
    expect(() => categoryOf(seats, 10)).toThrow('no seat 10');
  });
});

describe('the layout of a date without one', () => {
  it('is one row at one price, whose first seats are the best', () => {
    const layout = uniformLayout(3, 700);
    expect(checkLayout(layout)).toMatchObject({ ok: true });
    const seats = numberSeats(layout);
    expect(seats.rows).toEqual([{ section: 0, label: '1', firstNumber: 1, seatCount: 3 }]);
    expect([...seats.rank]).toEqual([1, 2, 3]);
    expect(seats.labels).toEqual(['1', '2', '3']);
    expect(categoryOf(seats, 3).price).toBe(700);
  });
});
