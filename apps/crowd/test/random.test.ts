import { assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { SEED_END, between, pickWeighted, randomOfBot, seededRandom } from '../src/random.ts';

const seed = integer({ min: 0, max: SEED_END - 1 });

it('draws numbers in [0, 1), the same for the same seed', () => {
  assert(
    property(seed, (of) => {
      const [first, second] = [seededRandom(of), seededRandom(of)];
      for (let draw = 0; draw < 50; draw += 1) {
        const number = first();
        expect(number).toBe(second());
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThan(1);
      }
    }),
  );
});

it('gives bots numbers of their own', () => {
  assert(
    property(seed, (of) => {
      const firsts = Array.from({ length: 100 }, (_, bot) => randomOfBot(of, bot)());
      expect(new Set(firsts).size).toBe(100);
    }),
  );
});

it('draws between two numbers', () => {
  assert(
    property(seed, integer({ min: 1, max: 1_000 }), (of, width) => {
      const number = between(seededRandom(of), 5, 5 + width);
      expect(number).toBeGreaterThanOrEqual(5);
      expect(number).toBeLessThan(5 + width);
    }),
  );
});

it('picks in proportion to the weights, and never what has no weight', () => {
  const random = seededRandom(1);
  const options = [
    ['never', 0],
    ['rarely', 1],
    ['often', 9],
    ['neither', 0],
  ] as const;
  const picks = Array.from({ length: 2_000 }, () => pickWeighted(random, options));
  expect(new Set(picks)).toEqual(new Set(['rarely', 'often']));
  expect(picks.filter((pick) => pick === 'rarely').length / 2_000).toBeCloseTo(0.1, 1);
  expect(() => pickWeighted(random, [['never', 0]])).toThrow('no option has a weight');
});
