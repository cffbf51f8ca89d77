import type { AdmissionPolicy } from '../admission.ts';
import type { Instant } from '../../shared/instant.ts';
import { observeAdmissions, plannedRate } from './admission-rate.ts';
import { NO_ABANDONMENT, observeAbandonment } from './line-abandonment.ts';
import { noShowsOf, observeNoShows } from './no-shows.ts';
import { type Observation, hasSameRate, intervalBetween } from './observation.ts';
import {
  type P90Calibration,
  UNCALIBRATED,
  learnWait,
  p90Deviations,
  p90DeviationsUpTo,
} from './p90-calibration.ts';
import { NO_SESSION_ENDS, observeSessions } from './session-ends.ts';
import { type WaitDistribution, waitDistribution, waitDistributionUpTo } from './wait-distribution.ts';
import { type RoomRates, type WaitForecast, forecastWaits } from './wait-forecast.ts';

/**
 * An estimator of the waits in one room. It starts from the policy's rates and learns from observations:
 *
 *   observation → admission rate, abandonment, no-shows, ended sessions → forecast
 *   forecast + position → distribution of the wait → median and p90
 *   realised wait of a sample → calibration of the p90
 */
export type WaitEstimator = {
  readonly firstAsOf: Instant | null;
  readonly last: Observation | null;
  /** How long the room was open while it was observed: pauses are no part of a wait. */
  readonly openMs: number;
  /** Half the time since the observation before: events between the two are, on average, this old. */
  readonly lagMs: number;
  /** The number of changes of the policy's rate. A wait that spans a change does not calibrate. */
  readonly rateChanges: number;
  readonly rates: RoomRates;
  readonly calibration: P90Calibration;
  readonly forecast: WaitForecast;
};

export type WaitEstimate = { readonly medianMs: number; readonly p90Ms: number };

/** An estimate that is kept until the wait is over. */
export type WaitSample = WaitEstimate &
  WaitDistribution & { readonly rateChanges: number; readonly openMs: number };

export function startEstimator(policy: AdmissionPolicy, now: Instant): WaitEstimator {
  const rates: RoomRates = {
    admissions: plannedRate(policy),
    abandonment: NO_ABANDONMENT,
    noShows: noShowsOf(0),
    sessions: NO_SESSION_ENDS,
  };
  return {
    firstAsOf: null,
    last: null,
    openMs: 0,
    lagMs: 0,
    rateChanges: 0,
    rates,
    calibration: UNCALIBRATED,
    forecast: forecastWaits({ asOf: now, window: null, active: 0, policy }, rates),
  };
}

export function observe(estimator: WaitEstimator, observation: Observation): WaitEstimator {
  const { firstAsOf, last } = estimator;
  if (firstAsOf === null || last === null) return observeFirst(estimator, observation);
  const { asOf, policy } = observation;
  const interval = intervalBetween(last, observation);
  const isRateChanged = !hasSameRate(last.policy, policy);
  const { admissions, abandonment, noShows, sessions } = estimator.rates;
  const rates: RoomRates = {
    admissions: isRateChanged ? plannedRate(policy) : observeAdmissions(admissions, interval),
    abandonment: observeAbandonment(abandonment, interval),
    noShows: observeNoShows(noShows, interval, asOf - policy.claimTtlMs >= firstAsOf),
    sessions: observeSessions(sessions, interval),
  };
  return {
    ...estimator,
    last: observation,
    openMs: estimator.openMs + interval.openMs,
    lagMs: interval.elapsedMs / 2,
    rateChanges: estimator.rateChanges + (isRateChanged ? 1 : 0),
    rates,
    forecast: forecastWaits(observation, rates),
  };
}

/** Only counts are learned from the first observation: what happened before it is not known. */
function observeFirst(estimator: WaitEstimator, observation: Observation): WaitEstimator {
  const { asOf, policy, parked } = observation;
  const rates = { ...estimator.rates, admissions: plannedRate(policy), noShows: noShowsOf(parked) };
  const forecast = forecastWaits(observation, rates);
  return { ...estimator, firstAsOf: asOf, last: observation, rates, forecast };
}

/** Workers tick every 200 ms. */
const MEDIAN_MIN_MS = 200;

/**
 * The wait of `position` (1 for the next in line) from `now` on, if the room stays open: half of such waits are shorter
 * than the median and nine in ten are no longer than the p90, which is at most twice the median.
 */
export function estimateWait(estimator: WaitEstimator, position: number, now: Instant): WaitEstimate {
  const wait = waitDistribution(estimator.forecast, position, now);
  return estimateOf(wait, p90Deviations(estimator.calibration, wait));
}

/** At least the estimate of every place up to `position`; it never falls from one position to the next. */
export function estimateWaitUpTo(estimator: WaitEstimator, position: number, now: Instant): WaitEstimate {
  const wait = waitDistributionUpTo(estimator.forecast, position, now);
  return estimateOf(wait, p90DeviationsUpTo(estimator.calibration, wait));
}

function estimateOf({ centreMs, deviationMs }: WaitDistribution, deviations: number): WaitEstimate {
  const medianMs = Math.max(MEDIAN_MIN_MS, centreMs);
  const p90Ms = centreMs + deviations * deviationMs;
  return { medianMs, p90Ms: Math.min(2 * medianMs, Math.max(medianMs, p90Ms)) };
}

export function sampleWait(estimator: WaitEstimator, position: number, now: Instant): WaitSample {
  const { rateChanges, forecast, last } = estimator;
  const wait = waitDistribution(forecast, position, now);
  const openMs = estimator.openMs + now - (last?.asOf ?? now);
  return { ...wait, ...estimateWait(estimator, position, now), rateChanges, openMs };
}

/**
 * How long the sampled wait was, without pauses, by the first observation after its end. Null if the policy's rate has
 * changed since the sample was taken.
 */
export function realisedWaitMs(
  { rateChanges, openMs, lagMs }: WaitEstimator,
  sample: WaitSample,
): number | null {
  return sample.rateChanges === rateChanges ? Math.max(0, openMs - lagMs - sample.openMs) : null;
}

/** Calibrates the p90 by a wait that ended in an admission. */
export function calibrate(estimator: WaitEstimator, sample: WaitSample, realisedMs: number): WaitEstimator {
  return { ...estimator, calibration: learnWait(estimator.calibration, sample, realisedMs) };
}
