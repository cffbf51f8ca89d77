import type { AdmissionPolicy } from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Interval } from './observation.ts';

/** How many admitted fans are no-shows, and how many of these return: exponentially weighted sums. */
export type NoShows = {
  /** Admissions from the line whose claim window is still running, oldest first. */
  readonly pending: readonly Offers[];
  /** Admissions from the line whose claim window is over, and the no-shows among them. */
  readonly decided: number;
  readonly missed: number;
  /** No-shows who are still expected, those who have had time to return, and how many did and were admitted again. */
  readonly absent: number;
  readonly expected: number;
  readonly returned: number;
};

type Offers = { readonly at: Instant; readonly count: number };

const MEMORY_WINDOWS = 60;
/** The delay of a return is taken to be exponential, with this mean. */
const RETURN_DELAY_MS = 75_000;
/** Offers within this share of the claim window are stored as one. */
const PENDING_RESOLUTION = 1 / 16;

/** `parked` places of which nothing is known but their number. */
export function noShowsOf(parked: number): NoShows {
  return { pending: [], decided: 0, missed: 0, absent: parked, expected: 0, returned: 0 };
}

/** `isWarm`: all admissions whose claim window ends now have been observed. */
export function observeNoShows(noShows: NoShows, interval: Interval, isWarm: boolean): NoShows {
  const { asOf, policy, before, admitted, admittedFromLine, elapsedMs } = interval;
  const returned = Math.max(0, admitted - admittedFromLine);
  // A no-show is parked now, or was admitted again since the observation before.
  const missed = Math.max(0, interval.parked - before.parked + returned);
  const decay = Math.exp(-admitted / (MEMORY_WINDOWS * policy.batchSize));
  const expected = noShows.absent * (1 - Math.exp(-elapsedMs / RETURN_DELAY_MS));
  const decided = noShows.pending.filter(({ at }) => at <= asOf - policy.claimTtlMs);
  return {
    pending: addOffers(noShows.pending.slice(decided.length), admittedFromLine, interval),
    decided: decided.reduce((sum, { count }) => sum + count, noShows.decided) * decay,
    missed: (noShows.missed + (isWarm ? missed : 0)) * decay,
    absent: noShows.absent + missed - expected,
    expected: (noShows.expected + expected) * decay,
    returned: (noShows.returned + returned) * decay,
  };
}

function addOffers(pending: readonly Offers[], count: number, { asOf, policy }: Interval): readonly Offers[] {
  if (count === 0) return pending;
  const last = pending.at(-1);
  if (last === undefined || asOf - last.at >= policy.claimTtlMs * PENDING_RESOLUTION)
    return [...pending, { at: asOf, count }];
  return [...pending.slice(0, -1), { at: last.at, count: last.count + count }];
}

type Prior = { readonly mean: number; readonly deviation: number; readonly batches: number };
const MISSED_PRIOR: Prior = { mean: 0.2, deviation: 0.14, batches: 0.5 };
const RETURNED_PRIOR: Prior = { mean: 0.5, deviation: 0.25, batches: 3 };
/** The crowd changes its habits: a relative deviation that no number of observations removes. */
const DRIFT_DEVIATION = 0.4;

/**
 * Returned places per admission from the line, each of which takes one admission of a later window: the line advances by
 * a window's admissions / (1 + mean). It is the product of two shares, each estimated as the mean of a Beta posterior.
 */
export function returnsPerAdmission(
  { decided, missed, expected, returned }: NoShows,
  { batchSize }: AdmissionPolicy,
): { readonly mean: number; readonly variance: number } {
  const missing = posterior(missed, decided, MISSED_PRIOR, batchSize);
  const returning = posterior(returned, expected, RETURNED_PRIOR, batchSize * missing.mean);
  const mean = missing.mean * returning.mean;
  return {
    mean,
    variance:
      missing.mean ** 2 * returning.variance +
      returning.mean ** 2 * missing.variance +
      (DRIFT_DEVIATION * mean) ** 2,
  };
}

function posterior(hits: number, trials: number, prior: Prior, batchSize: number) {
  const weight = prior.batches * batchSize;
  const mean = (hits + prior.mean * weight) / (Math.max(hits, trials) + weight);
  return { mean, variance: (prior.deviation ** 2 * weight) / (Math.max(hits, trials) + weight) };
}
