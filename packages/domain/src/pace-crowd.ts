import type { AdmissionPolicy } from './admission.ts';

/** What the crowd has been seen to do: leave the line, miss their admission, come back. Old news fades. */
export type PaceCrowd = {
  /** How many left the line, and for how long people stood in it, in person-ms. */
  readonly left: number;
  readonly stoodMs: number;
  /** Of those admitted from the line: how many, how many missed it, and how many of these were admitted again. */
  readonly offered: number;
  readonly missed: number;
  readonly back: number;
};

export const CROWD_START: PaceCrowd = { left: 0, stoodMs: 0, offered: 0, missed: 0, back: 0 };

export type CrowdNews = {
  readonly elapsedMs: number;
  readonly left: number;
  readonly waiting: number;
  readonly admitted: number;
  readonly admittedFromLine: number;
  readonly parkedMore: number;
};

const LEAVING_MEMORY_MS = 300_000;
const RETURNS_MEMORY_WINDOWS = 60;

export function observeCrowd(crowd: PaceCrowd, news: CrowdNews, policy: AdmissionPolicy): PaceCrowd {
  const back = Math.max(0, news.admitted - news.admittedFromLine);
  const leavingFades = Math.exp(-news.elapsedMs / LEAVING_MEMORY_MS);
  const returnsFade = Math.exp(-news.admitted / (RETURNS_MEMORY_WINDOWS * policy.batchSize));
  return {
    left: (crowd.left + news.left) * leavingFades,
    stoodMs: (crowd.stoodMs + news.waiting * news.elapsedMs) * leavingFades,
    offered: (crowd.offered + news.admittedFromLine) * returnsFade,
    // Whoever is parked and whoever was admitted out of it has missed an admission.
    missed: (crowd.missed + Math.max(0, news.parkedMore + back)) * returnsFade,
    back: (crowd.back + back) * returnsFade,
  };
}

/** As if at first one batch had stood in line for this long and nobody had left. */
const PATIENCE_MS = 1_800_000;

/** The chance of one who stands in line to leave it, per ms. */
export function leavingPerMs({ left, stoodMs }: PaceCrowd, { batchSize }: AdmissionPolicy): number {
  return left / (stoodMs + batchSize * PATIENCE_MS);
}

/** Before anything is known: this share misses the admission, and of them this share comes back; with deviations. */
const MISSING = { share: 0.12, deviation: 0.1, batches: 3 };
const RETURNING = { share: 0.5, deviation: 0.18, batches: 6 };
/** About how long after the claim window the typical return happens. */
const RETURN_DELAY_MS = 60_000;

/**
 * For each fan admitted from the line, how many will come back and take a place of a later window: the line advances by
 * a window's admissions / (1 + mean). Two shares are multiplied, each the mean of its prior and of what was seen (as the
 * posterior of a Beta prior), counting only admissions old enough to tell.
 */
export function returnsPerAdmitted(
  { offered, missed, back }: PaceCrowd,
  { batchSize, claimTtlMs }: AdmissionPolicy,
  advancePerMs: number,
): { readonly mean: number; readonly variance: number } {
  const lapsed = Math.max(0, offered - advancePerMs * claimTtlMs);
  const missing = posterior(missed, lapsed, MISSING, batchSize);
  const ripe = Math.max(back, missed - missing.mean * advancePerMs * RETURN_DELAY_MS);
  const returning = posterior(back, ripe, RETURNING, batchSize * missing.mean);
  return {
    mean: missing.mean * returning.mean,
    variance: missing.mean ** 2 * returning.variance + returning.mean ** 2 * missing.variance,
  };
}

function posterior(hits: number, trials: number, prior: typeof MISSING, batchSize: number) {
  const weight = prior.batches * batchSize;
  const mean = (hits + prior.share * weight) / (trials + weight);
  return { mean, variance: (prior.deviation ** 2 * weight) / (trials + weight) };
}
