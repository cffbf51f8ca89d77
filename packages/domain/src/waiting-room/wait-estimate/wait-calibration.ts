/**
 * How far the estimates of late were off, in units of their own spread, by distance from the front. Of the errors seen,
 * half are below `half` and nine in ten below `nine`.
 */
export type WaitCalibration = readonly Correction[];
type Correction = { readonly half: number; readonly nine: number; readonly count: number };

/** The distances in windows at which the next correction begins. */
const DISTANCES = [4, 16, 48];
/** Less than the 1.28 of a normal distribution: the parts of the spread are rounded up. */
const NINE_START = 0.95;
const HALF_MAX = 0.7;
const NINE_MIN = 0.3;
const NINE_MAX = 4;

export const CALIBRATION_START: WaitCalibration = [0, ...DISTANCES].map(() => ({
  half: 0,
  nine: NINE_START,
  count: 0,
}));

export function correctionAt(calibration: WaitCalibration, windows: number): Correction {
  return calibration[correctionIndex(windows)]!;
}

function correctionIndex(windows: number): number {
  let index = 0;
  while (index < DISTANCES.length && windows >= DISTANCES[index]!) index += 1;
  return index;
}

/**
 * Takes in an error, in spreads. The two quantiles are followed by stochastic approximation (H. Robbins, S. Monro, 1951):
 * a step up for an error above, a step down for one below, sized so that they balance at the quantile. Errors are taken
 * before any correction, so that a late one cannot make the correction swing (unlike adaptive conformal inference,
 * I. Gibbs, E. Candès, 2021). Small steps keep the prior in force while there are few errors.
 */
export function learnError(calibration: WaitCalibration, windows: number, error: number): WaitCalibration {
  const index = correctionIndex(windows);
  return calibration.map((correction, at) => (at === index ? stepTowards(correction, error) : correction));
}

function stepTowards({ half, nine, count }: Correction, error: number): Correction {
  const step = Math.max(0.1, 0.3 / (1 + count / 10));
  return {
    half: clamp(half + 0.02 * (error > half ? 0.5 : -0.5), -HALF_MAX, HALF_MAX),
    nine: clamp(nine + step * (error > nine ? 0.9 : -0.1), NINE_MIN, NINE_MAX),
    count: count + 1,
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
