import { seededRandom } from '../support/seeded-random.ts';

/** Choices that are the same for the same seed, as far as they are asked for in the same order. */
export type Random = {
  /** An integer from `min` to `max`. */
  between(min: number, max: number): number;
  /** True in this share of the cases. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** A generator of its own, so that the choices of one party do not depend on when another asks. */
  fork(): Random;
};

export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    between,
    chance: (share) => next() < share,
    pick<T>(from: readonly T[]): T {
      const chosen = from[between(0, from.length - 1)];
      if (chosen === undefined) throw new Error('there is nothing to pick from');
      return chosen;
    },
    fork: () => createRandom(between(1, 2 ** 31)),
  };
}
