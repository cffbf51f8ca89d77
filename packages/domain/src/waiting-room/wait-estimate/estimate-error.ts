import type { WaitEstimate } from './wait-estimate.ts';

/** An estimate together with the wait that followed, once that has ended in an admission. */
export type RealisedWait = WaitEstimate & { readonly realisedMs: number };

/** How far estimates were from the waits that followed. */
export type EstimateError = {
  /** How many waits were compared. */
  readonly samples: number;
  /** The median of the absolute differences between the estimated median and the realised wait, in ms. */
  readonly medianMs: number;
  /** The share of the waits that were no longer than the estimated p90. */
  readonly coverage: number;
};

/** Null before the first wait. */
export function estimateErrorOf(waits: readonly RealisedWait[]): EstimateError | null {
  const errors = waits
    .map(({ medianMs, realisedMs }) => Math.abs(realisedMs - medianMs))
    .toSorted((a, b) => a - b);
  const medianMs = errors[Math.floor((errors.length - 1) / 2)];
  if (medianMs === undefined) return null;
  const covered = waits.filter(({ p90Ms, realisedMs }) => realisedMs <= p90Ms).length;
  return { samples: waits.length, medianMs, coverage: covered / waits.length };
}
