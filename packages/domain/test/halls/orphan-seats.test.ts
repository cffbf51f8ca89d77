import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAvailable } from '../../src/halls/best-available.ts';
import { readFreeSeats } from '../../src/halls/free-seats.ts';
import { type HallIndex, indexHall } from '../../src/halls/hall-index.ts';
import { numberSeats } from '../../src/halls/numbered-seats.ts';
import { refuseOrphans } from '../../src/halls/orphan-seats.ts';
import { type BruteSeat, allRuns, bruteSeats, isSetAside, newOrphans } from './brute-force.ts';
import { PRICES, hallOf, layoutWithUnavailableSeats } from './small-halls.ts';

type Seats = readonly BruteSeat[];

/** A layout, the seats that are unavailable, and a choice that `choose` draws from the others. */
function withChoice(choose: (free: Seats) => fc.Arbitrary<Seats>) {
  return layoutWithUnavailableSeats.chain(({ layout, unavailable }) =>
    fc.record({
      layout: fc.constant(layout),
      unavailable: fc.constant(new Set(unavailable)),
      chosen: choose(bruteSeats(layout).filter(({ number }) => !unavailable.includes(number))),
      accessibleReleased: fc.boolean(),
    }),
  );
}

const adjacentChoice = withChoice((free) => {
  const runs = [1, 2, 3, 4].flatMap((count) => allRuns(free, count));
  return runs.length === 0 ? fc.constant([]) : fc.constantFrom(...runs);
});
const anyChoice = withChoice((free) => fc.subarray([...free]));

describe('refuseOrphans', () => {
  it('refuses adjacent seats only if as many others of the section avoid the orphans, by brute force', () => {
    fc.assert(
      fc.property(adjacentChoice, ({ layout, unavailable, chosen, accessibleReleased }) => {
        const seats = bruteSeats(layout);
        const orphans = newOrphans(seats, unavailable, numbersOf(chosen), accessibleReleased);
        const isExempt = !accessibleReleased && chosen.some(isSetAside);
        const isAvoidable = alternatives(seats, unavailable, chosen, accessibleReleased).length > 0;
        const hall = indexHall(numberSeats(layout));
        const decision = decide(hall, unavailable, numbersOf(chosen), accessibleReleased);
        const isRefused = orphans.length > 0 && !isExempt && isAvoidable;
        expect(decision.ok ? [] : decision.refusal.orphanSeats).toEqual(isRefused ? orphans : []);
      }),
      { numRuns: 2_000 },
    );
  });

  it('names new orphans, and as many free seats that leave fewer of them', () => {
    fc.assert(
      fc.property(anyChoice, ({ layout, unavailable, chosen: wanted, accessibleReleased }) => {
        const chosen = numbersOf(wanted);
        const seats = bruteSeats(layout);
        const hall = indexHall(numberSeats(layout));
        const decision = decide(hall, unavailable, chosen, accessibleReleased);
        if (decision.ok) return;
        const { orphanSeats, alternativeSeats } = decision.refusal;
        const orphans = newOrphans(seats, unavailable, chosen, accessibleReleased);
        expect(orphans).toEqual(expect.arrayContaining([...orphanSeats]));
        expect(new Set(alternativeSeats).size).toBe(chosen.length);
        expect(alternativeSeats.filter((number) => unavailable.has(number))).toEqual([]);
        const left = newOrphans(seats, unavailable, alternativeSeats, accessibleReleased);
        expect(left.length).toBeLessThanOrEqual(orphans.length - orphanSeats.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('accepts the best available seats, whatever they leave', () => {
    const count = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(
        layoutWithUnavailableSeats,
        count,
        fc.boolean(),
        ({ layout, unavailable }, seatCount, accessible) => {
          const hall = indexHall(numberSeats(layout));
          const rules = { accessibleReleased: false, companionSeatsMax: 1, prices: PRICES };
          const chosen = bestAvailable(hall, unavailable, { count: seatCount, accessible }, rules);
          fc.pre(chosen !== null);
          expect(decide(hall, unavailable, chosen).ok).toBe(true);
        },
      ),
    );
  });

  it.each([
    { rows: ['....'], unavailable: [], chosen: [2, 3], orphanSeats: [1, 4], alternativeSeats: [1, 2] },
    { rows: ['.....'], unavailable: [], chosen: [2, 3], orphanSeats: [1], alternativeSeats: [1, 2] },
    { rows: ['......'], unavailable: [], chosen: [1, 3], orphanSeats: [2], alternativeSeats: [1, 2] },
    { rows: ['...', '..'], unavailable: [], chosen: [1, 2], orphanSeats: [3], alternativeSeats: [4, 5] },
  ])('offers $alternativeSeats for $chosen in a hall of $rows', ({ rows, unavailable, chosen, ...seats }) => {
    expect(decide(hallOf(rows), unavailable, chosen)).toEqual({
      ok: false,
      refusal: { code: 'ORPHAN_SEATS', ...seats },
    });
  });

  it('accepts an orphan that was there before, or that nobody can avoid', () => {
    expect(decide(hallOf(['.....']), [2], [3, 4, 5]).ok).toBe(true);
    expect(decide(hallOf(['...']), [], [1, 2]).ok).toBe(true);
  });

  it('accepts an accessible seat whatever it leaves', () => {
    expect(decide(hallOf(['ac.....']), [], [1, 2, 3, 4, 5, 6]).ok).toBe(true);
  });
});

function decide(
  hall: HallIndex,
  unavailable: Iterable<number>,
  chosen: readonly number[],
  accessibleReleased = false,
) {
  const seats = readFreeSeats(hall, unavailable, accessibleReleased);
  const open = seats.open.slice();
  const decision = refuseOrphans(hall, seats, chosen);
  expect(seats.open).toEqual(open);
  return decision;
}

function numbersOf(seats: Seats): number[] {
  return seats.map(({ number }) => number);
}

/** As many adjacent seats in the section and the categories of the run, without a new orphan. */
function alternatives(
  seats: Seats,
  unavailable: ReadonlySet<number>,
  run: Seats,
  accessibleReleased: boolean,
): BruteSeat[][] {
  return allRuns(seats, run.length).filter(
    (other) =>
      other.every(
        (seat) =>
          seat.section === run[0]!.section &&
          run.some(({ category }) => category === seat.category) &&
          !unavailable.has(seat.number) &&
          (accessibleReleased || !isSetAside(seat)),
      ) && newOrphans(seats, unavailable, numbersOf(other), accessibleReleased).length === 0,
  );
}
