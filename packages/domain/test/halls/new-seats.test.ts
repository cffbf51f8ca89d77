import { describe, expect, it } from 'vitest';
import { lowestPrice, newSeats, uniformSeats } from '../../src/halls/new-seats.ts';
import { uniformLayout } from '../../src/halls/numbered-seats.ts';
import { LAYOUT } from './sample-layout.ts';

describe('the seats of a new date', () => {
  it('have the prices, categories and blocks of its layout', () => {
    const seats = newSeats(LAYOUT);
    expect(seats).toHaveLength(9);
    expect(seats[3]).toEqual({ number: 4, price: 90_000, category: 0, blockReason: 'camera' });
    expect(seats[5]).toEqual({ number: 6, price: 50_000, category: 1, blockReason: null });
    expect(lowestPrice(seats)).toBe(50_000);
  });

  it('have one price without a layout', () => {
    expect(uniformSeats({ seatCount: 3, price: 700 })).toEqual(newSeats(uniformLayout(3, 700)));
    expect(uniformSeats({ seatCount: 3, price: 700 }, 2)).toEqual([
      { number: 3, price: 700, category: 0, blockReason: null },
    ]);
  });
});
