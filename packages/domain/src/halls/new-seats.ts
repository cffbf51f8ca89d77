import { invariant } from '../shared/invariant.ts';
import type { Money } from '../shared/money.ts';
import type { Layout } from './layout.ts';

/** A seat of a date as its layout has it. */
export type NewSeat = {
  readonly number: number;
  readonly price: Money;
  /** An index of the categories of the layout; 0 without a layout. */
  readonly category: number;
  /** Null for a seat that is AVAILABLE, otherwise it is BLOCKED. */
  readonly blockReason: string | null;
};

/** The seats of a layout that `checkLayout` has accepted, by number. */
export function newSeats({ categories, sections }: Layout): readonly NewSeat[] {
  const indexes = new Map(categories.map(({ key }, index) => [key, index]));
  const seats: NewSeat[] = [];
  for (const { rows } of sections)
    for (const row of rows)
      for (const seat of row.seats) {
        const category = indexes.get(seat.category) ?? -1;
        const found = categories[category];
        invariant(found !== undefined, `the layout has no category ${seat.category}`);
        const blockReason = seat.blocked ?? null;
        seats.push({ number: seats.length + 1, price: found.price, category, blockReason });
      }
  return seats;
}

type UniformEvent = { readonly seatCount: number; readonly price: Money };

/** The seats after the first `existing` of a date without a layout. */
export function uniformSeats({ seatCount, price }: UniformEvent, existing = 0): readonly NewSeat[] {
  return Array.from({ length: seatCount - existing }, (_, index) => ({
    number: existing + index + 1,
    price,
    category: 0,
    blockReason: null,
  }));
}

/** The price that a date with the layout shows: of the cheapest category that has seats. */
export function lowestPrice(seats: readonly NewSeat[]): Money {
  return seats.reduce((lowest, { price }) => Math.min(lowest, price), Infinity);
}
