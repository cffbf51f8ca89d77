import type { AdmissionPolicy } from '../admission.ts';
import { type DelayedCount, NOTHING_DELAYED, addDelayed, fadeDelayed } from './delayed-count.ts';
import type { Instant } from '../../shared/instant.ts';

/** What the crowd has been seen to do: leave the line, miss their admission, come back. Old news fades. */
export type PaceCrowd = {
  /** How many left the line, and for how long people stood in it, in person-ms. */
  readonly left: number;
  readonly stoodMs: number;
  /** Those admitted from the line, due when their claim window is over, and how many of the due missed it. */
  readonly offered: DelayedCount;
  readonly missed: number;
  /** Of all who missed their admission: how many have not, and how many have had their time to come back. */
  readonly away: number;
  readonly ripe: number;
  /** How many were admitted again. */
  readonly back: number;
};

export const CROWD_START: PaceCrowd = {
  left: 0,
  stoodMs: 0,
  offered: NOTHING_DELAYED,
  missed: 0,
  away: 0,
  ripe: 0,
  back: 0,
};

export type CrowdNews = {
  readonly asOf: Instant;
  readonly elapsedMs: number;
  readonly isOpen: boolean;
  readonly waiting: number;
  readonly left: number;
  readonly admitted: number;
  readonly admittedFromLine: number;
  readonly parkedMore: number;
  /** Everyone whose claim window ends now was seen to be admitted. */
  readonly sawOffers: boolean;
};

const LEAVING_MEMORY_MS = 300_000;
const RETURNS_MEMORY_WINDOWS = 60;
/** Those who come back do so after about as long; the delays are taken to be exponential. */
const RETURN_DELAY_MS = 75_000;

export function observeCrowd(crowd: PaceCrowd, news: CrowdNews, policy: AdmissionPolicy): PaceCrowd {
  const { asOf, elapsedMs, isOpen, admitted, admittedFromLine } = news;
  const back = Math.max(0, admitted - admittedFromLine);
  // Whoever is parked and whoever was admitted out of it has missed an admission.
  const missed = Math.max(0, news.parkedMore + back);
  const openMs = isOpen ? elapsedMs : 0;
  const leavingFades = Math.exp(-openMs / LEAVING_MEMORY_MS);
  const returnsFade = Math.exp(-admitted / (RETURNS_MEMORY_WINDOWS * policy.batchSize));
  const ripening = crowd.away * (1 - Math.exp(-elapsedMs / RETURN_DELAY_MS));
  return {
    left: (crowd.left + (isOpen ? news.left : 0)) * leavingFades,
    stoodMs: (crowd.stoodMs + news.waiting * openMs) * leavingFades,
    offered: fadeDelayed(addDelayed(crowd.offered, admittedFromLine, asOf, policy.claimTtlMs), returnsFade),
    missed: (crowd.missed + (news.sawOffers ? missed : 0)) * returnsFade,
    away: crowd.away - ripening + missed,
    ripe: (crowd.ripe + ripening) * returnsFade,
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
const MISSING = { share: 0.2, deviation: 0.14, batches: 0.5 };
/** What remains uncertain however much was seen, relative to the mean: how long a return takes, and changing minds. */
const LASTING_DEVIATION = 0.4;
const RETURNING = { share: 0.5, deviation: 0.25, batches: 3 };

/**
 * For each fan admitted from the line, how many will come back and take a place of a later window: the line advances by
 * a window's admissions / (1 + mean). Two shares are multiplied, each the mean of its prior and of what was seen (as the
 * posterior of a Beta prior), counting only what is old enough to tell.
 */
export function returnsPerAdmitted(
  { offered, missed, ripe, back }: PaceCrowd,
  { batchSize }: AdmissionPolicy,
): { readonly mean: number; readonly variance: number } {
  const missing = posterior(missed, Math.max(missed, offered.due), MISSING, batchSize);
  const returning = posterior(back, Math.max(back, ripe), RETURNING, batchSize * missing.mean);
  const mean = missing.mean * returning.mean;
  return {
    mean,
    variance:
      missing.mean ** 2 * returning.variance +
      returning.mean ** 2 * missing.variance +
      (LASTING_DEVIATION * mean) ** 2,
  };
}

function posterior(hits: number, trials: number, prior: typeof MISSING, batchSize: number) {
  const weight = prior.batches * batchSize;
  const mean = (hits + prior.share * weight) / (trials + weight);
  return { mean, variance: (prior.deviation ** 2 * weight) / (trials + weight) };
}
