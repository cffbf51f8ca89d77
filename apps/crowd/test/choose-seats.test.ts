import { assert, integer, property, subarray } from 'fast-check';
import { expect, it } from 'vitest';
import { chooseDate } from '../src/choose-date.ts';
import { type FreeSeat, chooseSeats } from '../src/choose-seats.ts';
import { SEED_END, seededRandom } from '../src/random.ts';

const seed = integer({ min: 0, max: SEED_END - 1 });

/** Rows of ten seats in two sections of five rows. */
const HALL: readonly FreeSeat[] = Array.from({ length: 100 }, (_, index) => ({
  number: index + 1,
  section: index < 50 ? 'Left' : 'Right',
  row: `${Math.floor((index % 50) / 10)}`,
}));

const rowOf = ({ section, row }: FreeSeat) => `${section}/${row}`;

it('chooses adjacent free seats of one row', () => {
  assert(
    property(seed, subarray([...HALL]), integer({ min: 1, max: 4 }), (of, free, count) => {
      const chosen = chooseSeats(seededRandom(of), free, count);
      if (chosen === null) return;
      const seats = chosen.map((number) => free.find((seat) => seat.number === number));
      expect(seats).toHaveLength(count);
      expect(new Set(seats.map((seat) => seat && rowOf(seat))).size).toBe(1);
      expect(chosen).toEqual(chosen.map((_, index) => (chosen[0] ?? 0) + index));
    }),
  );
});

it('finds adjacent seats wherever there are some', () => {
  const free = HALL.filter(({ number }) => number % 3 !== 0); // pairs at most
  assert(
    property(seed, (of) => {
      expect(chooseSeats(seededRandom(of), free, 2)).not.toBeNull();
      expect(chooseSeats(seededRandom(of), free, 3)).toBeNull();
    }),
  );
});

it('prefers the front of a section', () => {
  const random = seededRandom(7);
  const rows = Array.from({ length: 400 }, () => {
    const [first = 0] = chooseSeats(random, HALL, 2) ?? [];
    return Math.floor(((first - 1) % 50) / 10);
  });
  const chosen = (row: number) => rows.filter((of) => of === row).length;
  expect(chosen(0)).toBeGreaterThan(2 * chosen(4));
  expect(chosen(4)).toBeGreaterThan(0);
});

it('chooses in a date without a layout', () => {
  const seats = Array.from({ length: 40 }, (_, index) => ({ number: index + 1 }));
  expect(chooseSeats(seededRandom(1), seats, 4)).toHaveLength(4);
  expect(chooseSeats(seededRandom(1), [], 1)).toBeNull();
});

const date = (eventId: string, availableCount: number) => ({ concertId: 'c', eventId, availableCount });

it('comes for a date that has seats, rather for one with many', () => {
  const random = seededRandom(3);
  const dates = [date('sold-out', 0), date('small', 10), date('large', 90)];
  const chosen = Array.from({ length: 500 }, () => chooseDate(random, dates)?.eventId);
  expect(new Set(chosen)).toEqual(new Set(['small', 'large']));
  expect(chosen.filter((eventId) => eventId === 'large').length).toBeGreaterThan(400);
  expect(chooseDate(random, [date('sold-out', 0)])).toBeNull();
});
