import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAvailable, createSeatChooser } from '../../src/halls/best-available.ts';
import { indexHall } from '../../src/halls/hall-index.ts';
import { numberSeats } from '../../src/halls/numbered-seats.ts';
import type { BestAvailable, ChoiceRules } from '../../src/halls/seat-search.ts';
import { bruteForceBest } from './brute-force.ts';
import { CATEGORIES, PRICES, hallOf, layoutWithUnavailableSeats } from './small-halls.ts';

const RULES: ChoiceRules = { accessibleReleased: false, companionSeatsMax: 1, prices: [100] };

const request: fc.Arbitrary<BestAvailable> = fc.record(
  {
    count: fc.integer({ min: 1, max: 5 }),
    category: fc.nat(CATEGORIES.length - 1),
    section: fc.nat(1),
    maxPrice: fc.constantFrom(99, 100, 199, 200),
    accessible: fc.boolean(),
    together: fc.constantFrom('row', 'near'),
  },
  { requiredKeys: ['count'] },
);
const rules: fc.Arbitrary<ChoiceRules> = fc.record({
  accessibleReleased: fc.boolean(),
  companionSeatsMax: fc.nat(2),
  prices: fc.constant(PRICES),
});

describe('bestAvailable', () => {
  it('finds the choice that is best of all by brute force, or none where there is none', () => {
    fc.assert(
      fc.property(layoutWithUnavailableSeats, request, rules, ({ layout, unavailable }, asked, byRules) => {
        const hall = indexHall(numberSeats(layout));
        expect(bestAvailable(hall, unavailable, asked, byRules)).toEqual(
          bruteForceBest(layout, new Set(unavailable), asked, byRules),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds the best seats of two adjacent rows by brute force', () => {
    const large = fc.record({
      count: fc.integer({ min: 3, max: 7 }),
      accessible: fc.boolean(),
      together: fc.constant('near' as const),
    });
    fc.assert(
      fc.property(layoutWithUnavailableSeats, large, rules, ({ layout, unavailable }, asked, byRules) => {
        const hall = indexHall(numberSeats(layout));
        expect(bestAvailable(hall, unavailable, asked, byRules)).toEqual(
          bruteForceBest(layout, new Set(unavailable), asked, byRules),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('prefers the middle of the row that is nearest to the stage', () => {
    expect(bestAvailable(hallOf(['.......', '.......']), [], { count: 3 }, RULES)).toEqual([3, 4, 5]);
  });

  it('leaves no single seat where another row can avoid it', () => {
    expect(bestAvailable(hallOf(['...', '....']), [], { count: 2 }, RULES)).toEqual([4, 5]);
  });

  it('leaves a single seat where nothing else is free', () => {
    expect(bestAvailable(hallOf(['...']), [], { count: 2 }, RULES)).toEqual([1, 2]);
  });

  it('offers two adjacent rows only to those who accept them', () => {
    const hall = hallOf(['...', '...']);
    expect(bestAvailable(hall, [2], { count: 4 }, RULES)).toBeNull();
    expect(bestAvailable(hall, [2], { count: 4, together: 'near' }, RULES)).toEqual([1, 4, 5, 6]);
  });

  it('gives the companion seat to the fan of its accessible seat alone', () => {
    const hall = hallOf(['ac..']);
    expect(bestAvailable(hall, [], { count: 2 }, RULES)).toEqual([3, 4]);
    expect(bestAvailable(hall, [3, 4], { count: 1 }, RULES)).toBeNull();
    expect(bestAvailable(hall, [], { count: 2, accessible: true }, RULES)).toEqual([1, 2]);
  });
});

describe('createSeatChooser', () => {
  it('decides each request as if the seats were read again', () => {
    const small = fc.record({ count: fc.integer({ min: 1, max: 2 }) });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('choose' as const), asked: fc.oneof(request, small) }),
      fc.nat().map((seed) => ({ kind: 'take' as const, seed })),
      fc.nat().map((seed) => ({ kind: 'release' as const, seed })),
    );
    fc.assert(
      fc.property(
        layoutWithUnavailableSeats,
        rules,
        fc.array(step),
        ({ layout, unavailable }, byRules, steps) => {
          const seats = numberSeats(layout);
          const hall = indexHall(seats);
          const chooser = createSeatChooser(hall, unavailable, byRules);
          const unavailableNow = new Set(unavailable);
          const [answers, expected] = [[] as unknown[], [] as unknown[]];
          for (const each of steps) {
            if (each.kind === 'choose') {
              const chosen = chooser.choose(each.asked);
              answers.push(chosen);
              expected.push(bestAvailable(hall, unavailableNow, each.asked, byRules));
              for (const number of chosen ?? []) unavailableNow.add(number);
            } else {
              const number = 1 + (each.seed % seats.seatCount);
              chooser[each.kind]([number]);
              if (each.kind === 'take') unavailableNow.add(number);
              else unavailableNow.delete(number);
            }
          }
          expect(answers).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('fills a hall of 20,000 seats by pairs without a refusal while a pair is free', () => {
    const rowLength = 25;
    const hall = hallOf(Array.from({ length: 800 }, () => '.'.repeat(rowLength)));
    const chooser = createSeatChooser(hall, [], RULES);
    const pairs: (readonly number[])[] = [];
    for (;;) {
      const pair = chooser.choose({ count: 2 });
      if (pair === null) break;
      pairs.push(pair);
    }
    expect(pairs.every(([left, right]) => right === left! + 1)).toBe(true);
    const sold = new Set(pairs.flat());
    expect(sold.size).toBe(2 * pairs.length);
    // Of each row of 25, one seat is left.
    expect(sold.size).toBe(800 * (rowLength - 1));
  });
});
