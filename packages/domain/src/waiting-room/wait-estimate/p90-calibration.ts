import type { WaitDistribution } from './wait-distribution.ts';

/** How many standard deviations above the centre the p90 is, by the length of the wait. */
export type P90Calibration = readonly Quantile[];
type Quantile = { readonly deviations: number; readonly count: number };

/** The lengths, in windows, at which the second and each later group of waits begins. */
const GROUPS = [4, 16, 48];
/** Below the 1.28 of a normal distribution, because the parts of the variance are rounded up. */
const START: Quantile = { deviations: 0.95, count: 0 };
const DEVIATIONS_MIN = 0.3;
const DEVIATIONS_MAX = 4;

export const UNCALIBRATED: P90Calibration = [START, ...GROUPS.map(() => START)];

export function p90Deviations(calibration: P90Calibration, { windows }: WaitDistribution): number {
  return calibration[groupOf(windows)]!.deviations;
}

/** The highest of this and of all shorter waits. */
export function p90DeviationsUpTo(calibration: P90Calibration, { windows }: WaitDistribution): number {
  return Math.max(...calibration.slice(0, groupOf(windows) + 1).map(({ deviations }) => deviations));
}

function groupOf(windows: number): number {
  return GROUPS.filter((start) => windows >= start).length;
}

/** Learns from a realised wait. Errors are taken from the centre, so a late one does not make the p90 oscillate. */
export function learnWait(
  calibration: P90Calibration,
  { windows, centreMs, deviationMs }: WaitDistribution,
  realisedMs: number,
): P90Calibration {
  const group = groupOf(windows);
  const error = (realisedMs - centreMs) / deviationMs;
  return calibration.map((quantile, index) => (index === group ? stepTowards(quantile, error) : quantile));
}

/**
 * Stochastic approximation of a quantile (H. Robbins, S. Monro, 1951): a step up for an error above it is nine times as
 * long as one down for an error below, so the two balance at the 90th percentile.
 */
function stepTowards({ deviations, count }: Quantile, error: number): Quantile {
  const step = Math.max(0.1, 0.3 / (1 + count / 10));
  const moved = deviations + step * (error > deviations ? 0.9 : -0.1);
  return { deviations: Math.min(DEVIATIONS_MAX, Math.max(DEVIATIONS_MIN, moved)), count: count + 1 };
}
