import { describe, expect, it } from 'vitest';
import {
  type CountedDate,
  type InventorySnapshot,
  isSoldOut,
  mayBeSoldOut,
  sellableNow,
  soldOutPeriod,
  soldOutSince,
  unsoldNow,
} from '../../src/waiting-room/inventory.ts';

const dateOf = (unsold: number, reservationEndAt: number): CountedDate => ({ unsold, reservationEndAt });
const countOf = (dates: readonly CountedDate[]): InventorySnapshot => ({
  sellable: 10,
  dates,
  holders: 0,
  countedAt: 0,
  soldBefore: 100,
  seatsReturned: 0,
});

describe('a sold-out period', () => {
  it.each([
    ['seats are left', [dateOf(2, 900), dateOf(1, 500)], 101, null],
    [
      'payments have sold what the count found',
      [dateOf(2, 900), dateOf(1, 500)],
      103,
      { from: 50, until: 900 },
    ],
    ['every seat was sold at the count', [dateOf(0, 900)], 100, { from: 50, until: 900 }],
    [
      'the last seats belong to a window that ends',
      [dateOf(0, 900), dateOf(4, 500)],
      100,
      { from: 500, until: 900 },
    ],
    [
      'payments leave seats of a window that ends',
      [dateOf(2, 900), dateOf(4, 500)],
      102,
      { from: 500, until: 900 },
    ],
    [
      'several windows end first',
      [dateOf(1, 300), dateOf(1, 500), dateOf(0, 900)],
      100,
      { from: 500, until: 900 },
    ],
    ['all windows end together', [dateOf(1, 900), dateOf(0, 900)], 100, null],
    ['the window with seats is over', [dateOf(5, 50), dateOf(0, 900)], 100, { from: 50, until: 900 }],
    ['every window is over', [dateOf(0, 50)], 100, null],
    ['no date is bookable', [], 100, null],
    ['seats were sold, and no counted date is bookable', [dateOf(3, 50)], 101, null],
  ] as const)('is known when %s', (_, dates, soldTotal, period) => {
    expect(soldOutPeriod(countOf(dates), soldTotal, 50)).toEqual(period);
  });

  it('includes its beginning and not its end', () => {
    const moments = [99, 100, 199, 200];
    expect(moments.map((now) => isSoldOut({ from: 100, until: 200 }, now))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isSoldOut(null, 100)).toBe(false);
  });
});

it('subtracts the seats that payments have sold since the count from the sellable ones', () => {
  expect([100, 103, 120].map((soldTotal) => sellableNow(countOf([]), soldTotal))).toEqual([10, 7, 0]);
});

it('may be sold out where seats were sold and no counted date is bookable', () => {
  expect([0, 1].map((soldTotal) => mayBeSoldOut(null, soldTotal, 50))).toEqual([false, true]);
  const count = countOf([dateOf(3, 50), dateOf(3, 90)]);
  expect([100, 101].map((soldTotal) => mayBeSoldOut(count, soldTotal, 90))).toEqual([false, true]);
  expect(mayBeSoldOut(count, 101, 89)).toBe(false);
});

describe('the unsold seats', () => {
  it('are those of the bookable dates, less the payments since the count, and never below 0', () => {
    const count = countOf([dateOf(5, 900), dateOf(3, 500), dateOf(7, 50)]);
    expect(unsoldNow(count, 100, 50)).toBe(8);
    expect(unsoldNow(count, 102, 50)).toBe(6);
    expect(unsoldNow(count, 110, 50)).toBe(0);
  });

  it('are unknown before the first count and without a bookable date', () => {
    expect(unsoldNow(null, 0, 50)).toBeNull();
    expect(unsoldNow(countOf([dateOf(3, 50)]), 100, 50)).toBeNull();
  });
});

it.each([
  ['the last seat is sold', null, [dateOf(0, 900), dateOf(0, 500)], 50],
  ['nothing has changed since', 40, [dateOf(0, 900)], 40],
  ['a seat of one date is left', 40, [dateOf(0, 900), dateOf(1, 500)], null],
  ['no date is bookable any more', 40, [], 40],
  ['no date is bookable yet', null, [], null],
] as const)('says since when a concert is sold out when %s', (_, stored, dates, since) => {
  expect(soldOutSince(stored, dates, 50)).toBe(since);
});
