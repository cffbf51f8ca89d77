import { describe, expect, it } from 'vitest';
import type { AdmissionPolicy } from '../../../src/waiting-room/admission.ts';
import {
  POLICY,
  SECOND,
  medianSeconds,
  observationAt,
  observeWindows,
} from '../../simulation/observations.ts';
import { admittedPerWindow, windowLengthMs } from '../../../src/waiting-room/wait-estimate/admission-rate.ts';
import type { Observation } from '../../../src/waiting-room/wait-estimate/observation.ts';
import {
  type WaitEstimator,
  observe,
  startEstimator,
} from '../../../src/waiting-room/wait-estimate/wait-estimate.ts';

/** From the thirteenth window on 40 of 100 are no-shows; from the nineteenth on as many return. */
function noShows(index: number): Partial<Observation> {
  if (index < 12) return {};
  if (index < 18) return { parked: (index - 11) * 40 };
  return { parked: 240, admittedFromLine: 60 };
}

function admissionsOf({ rates }: WaitEstimator): number {
  return admittedPerWindow(rates.admissions);
}

describe('observe', () => {
  it('follows a lower rate within a few windows', () => {
    const before = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
    const after = observeWindows(before, 300, 12, () => ({ admitted: 50, admittedFromLine: 50 }));
    expect(medianSeconds(after, 1_000)).toBeGreaterThan(1.6 * medianSeconds(before, 1_000));
  });

  it('learns that no-shows return and take admissions of later windows', () => {
    const estimator = observeWindows(startEstimator(POLICY, 0), 0, 90, noShows);
    expect(estimator.forecast.advance).toBeGreaterThan(55);
    expect(estimator.forecast.advance).toBeLessThan(70);
  });

  it('learns that places ahead leave the line', () => {
    const patient = observeWindows(startEstimator(POLICY, 0), 0, 40, () => ({}));
    const hasty = observeWindows(startEstimator(POLICY, 0), 0, 40, () => ({ left: 100 }));
    expect(medianSeconds(hasty, 5_000)).toBeLessThan(0.85 * medianSeconds(patient, 5_000));
  });

  it('does not count a pause as slow admission', () => {
    const before = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
    let estimator = before;
    const window = { openedAt: 290 * SECOND, used: 100 };
    for (let at = 292; at < 900; at += 10)
      estimator = observe(estimator, observationAt(at, { isOpen: false, window }));
    expect(admissionsOf(estimator)).toBeCloseTo(admissionsOf(before), 6);
    estimator = observeWindows(estimator, 910, 5, () => ({}));
    expect(estimator.forecast.advance).toBeCloseTo(before.forecast.advance, 0);
    expect(windowLengthMs(estimator.rates.admissions)).toBeCloseTo(10_000, -1);
  });

  it('does not count an empty line as slow admission', () => {
    const before = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
    const after = observeWindows(before, 300, 10, () => ({ waiting: 0, admitted: 3, admittedFromLine: 3 }));
    expect(admissionsOf(after)).toBeCloseTo(admissionsOf(before), 6);
  });

  it('restarts from the rate of a changed policy', () => {
    const before = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({
      admitted: 90,
      admittedFromLine: 90,
    }));
    const estimator = observe(before, observationAt(295, { policy: { ...POLICY, batchSize: 400 } }));
    expect(admissionsOf(estimator)).toBe(400);
    expect(estimator.rateChanges).toBe(before.rateChanges + 1);
    const other = observe(before, observationAt(295, { policy: { ...POLICY, claimTtlMs: 1_000 } }));
    expect(other.rateChanges).toBe(before.rateChanges);
  });

  it('counts unobserved windows one by one', () => {
    const before = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
    const tenAtOnce = { admitted: 1_000, admittedFromLine: 1_000 };
    const estimator = observeWindows(before, 390, 3, (index) => (index === 0 ? tenAtOnce : {}));
    expect(admissionsOf(estimator)).toBeCloseTo(admissionsOf(before), 6);
    expect(windowLengthMs(estimator.rates.admissions)).toBeCloseTo(
      windowLengthMs(before.rates.admissions),
      6,
    );
  });

  it('expects a capped room to slow down once it is full', () => {
    const policy: AdmissionPolicy = { ...POLICY, maxActive: 1_000 };
    const estimator = observeWindows(startEstimator(policy, 0), 0, 5, (index) => ({
      policy,
      active: 100 * (index + 1),
    }));
    expect(estimator.forecast.windowsUntilFull).toBeGreaterThan(4);
    expect(estimator.forecast.advanceWhenFull).toBeLessThan(estimator.forecast.advance);
    const uncapped = observeWindows(startEstimator(POLICY, 0), 0, 5, () => ({}));
    expect(medianSeconds(estimator, 3_000)).toBeGreaterThan(1.2 * medianSeconds(uncapped, 3_000));
  });

  it('expects a full room to admit as fast as sessions end', () => {
    const policy: AdmissionPolicy = { ...POLICY, maxActive: 400 };
    let estimator = startEstimator(policy, 0);
    for (let at = 0; at < 600; at += 1) {
      const window = { openedAt: Math.floor(at / 10) * 10 * SECOND, used: 40 };
      const facts = { policy, window, active: 400, admitted: 4, admittedFromLine: 4 };
      estimator = observe(estimator, observationAt(at, facts));
    }
    expect(medianSeconds(estimator, 1_000)).toBeGreaterThan(240);
    expect(medianSeconds(estimator, 1_000)).toBeLessThan(290);
    expect(medianSeconds(estimator, 20)).toBeLessThan(8);
  });
});
