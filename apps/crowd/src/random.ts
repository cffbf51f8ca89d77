/** The next number in [0, 1). */
export type Random = () => number;

/** Seeds are integers in [0, SEED_END). */
export const SEED_END = 2 ** 32;

/** The same seed gives the same numbers (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / SEED_END;
  };
}

/** The numbers of one bot, which do not depend on what the other bots draw. */
export function randomOfBot(seed: number, bot: number): Random {
  const mixed = Math.imul(seed ^ Math.imul(bot + 1, 0x9e3779b1), 0x85ebca6b);
  return seededRandom(mixed >>> 0);
}

/** A number in [min, max). */
export function between(random: Random, min: number, max: number): number {
  return min + random() * (max - min);
}

/** One of the options, in proportion to their weights. Needs a positive sum of weights that are not negative. */
export function pickWeighted<T>(random: Random, options: readonly (readonly [T, number])[]): T {
  const sum = options.reduce((total, [, weight]) => total + weight, 0);
  let left = random() * sum;
  for (const [option, weight] of options) {
    left -= weight;
    if (left < 0) return option;
  }
  throw new RangeError('no option has a weight');
}
