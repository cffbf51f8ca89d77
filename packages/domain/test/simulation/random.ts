/** Uniform numbers in [0, 1), reproducible by their seed. */
export type Random = () => number;

/** The generator mulberry32 (T. Ettinger). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from);
}

export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
