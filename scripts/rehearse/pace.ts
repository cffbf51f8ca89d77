/** How the fans of a sale behave. Their times vary evenly between half and one and a half times the given one. */
export type Pace = {
  /** The share of the fans who join before the sale opens. */
  readonly early: number;
  /** Within how long before the opening these join, and the others after it, in ms. */
  readonly arriveMs: number;
  /** The share that joins and never comes back. */
  readonly noShow: number;
  /** How long a fan waits in the line before leaving it, in ms; null for as long as the sale runs. */
  readonly patienceMs: number | null;
  /** From the admission to the hold, in ms. */
  readonly chooseMs: number;
  /** From the hold to the payment, in ms. */
  readonly payMs: number;
  /** The share of holds that is paid; the others are cancelled after `payMs`. */
  readonly pays: number;
  /** How many seats a fan wants. */
  readonly seatsPerFan: number;
};

export const PACE_DEFAULT: Pace = {
  early: 0.5,
  arriveMs: 60_000,
  noShow: 0.1,
  patienceMs: null,
  chooseMs: 20_000,
  payMs: 30_000,
  pays: 0.8,
  seatsPerFan: 2,
};

/** `ms`, varied by `random`, which is in [0, 1). */
export function vary(ms: number, random: number): number {
  return ms * (0.5 + random);
}

/** The pace at which everything takes `1 / factor` of the time. */
export function quicken(pace: Pace, factor: number): Pace {
  const { arriveMs, patienceMs, chooseMs, payMs } = pace;
  return {
    ...pace,
    arriveMs: arriveMs / factor,
    patienceMs: patienceMs === null ? null : patienceMs / factor,
    chooseMs: chooseMs / factor,
    payMs: payMs / factor,
  };
}
