import { describe, expect, it } from 'vitest';
import type { AdmissionPolicy } from '../../../src/waiting-room/admission.ts';
import {
  POLICY,
  SECOND,
  medianSeconds,
  observationAt,
  observeWindows,
} from '../../simulation/observations.ts';
import {
  type WaitEstimator,
  calibrate,
  estimateWait,
  observe,
  realisedWaitMs,
  sampleWait,
  startEstimator,
} from '../../../src/waiting-room/wait-estimate/wait-estimate.ts';

describe('estimateWait', () => {
  const steady = observeWindows(startEstimator(POLICY, 0), 0, 60, () => ({}));

  it('follows the policy at first, plus a little for the no-shows who will return', () => {
    const estimator = observe(startEstimator(POLICY, 0), observationAt(0));
    expect(medianSeconds(estimator, 50)).toBe(10);
    expect(medianSeconds(estimator, 1_050)).toBe(120);
  });

  it('counts whole windows from the next opening of a batch', () => {
    expect(medianSeconds(steady, 1)).toBeCloseTo(10, 1);
    expect(medianSeconds(steady, 95)).toBeCloseTo(10, 1);
    expect(medianSeconds(steady, 495)).toBeCloseTo(50, 1);
    const { asOf } = steady.last!;
    expect(estimateWait(steady, 495, asOf + 4_000).medianMs).toBeCloseTo(46_000, -2);
  });

  it('is short for those whom the present window still admits', () => {
    const asOf = 601;
    const window = { openedAt: 600 * SECOND, used: 60 };
    const estimator = observe(steady, observationAt(asOf, { window }));
    expect(estimateWait(estimator, 40, asOf * SECOND).medianMs).toBeLessThan(1_000);
    expect(estimateWait(estimator, 41, asOf * SECOND).medianMs).toBeCloseTo(9_000, -2);
  });

  it('spreads a smooth window over its interval', () => {
    const policy: AdmissionPolicy = { ...POLICY, shape: 'smooth' };
    const estimator = observe(startEstimator(policy, 0), observationAt(0, { policy }));
    expect(medianSeconds(estimator, 150)).toBeGreaterThan(14);
    expect(medianSeconds(estimator, 150)).toBeLessThan(18);
  });

  it('gives a p90 between the median and twice the median, at any position', () => {
    for (let position = 1; position < 100_000; position = Math.ceil(position * 1.3)) {
      const { medianMs, p90Ms } = estimateWait(steady, position, steady.last!.asOf);
      expect(p90Ms).toBeGreaterThanOrEqual(medianMs);
      expect(p90Ms).toBeLessThanOrEqual(2 * medianMs);
    }
  });
});

describe('calibrate', () => {
  const estimator = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
  const { asOf } = estimator.last!;

  function after(factor: number, times: number): WaitEstimator {
    let calibrated = estimator;
    for (let time = 0; time < times; time += 1) {
      const sample = sampleWait(calibrated, 1_000, asOf);
      calibrated = calibrate(calibrated, sample, sample.centreMs * factor);
    }
    return calibrated;
  }

  it('raises a p90 that was too low and lowers one that was too high', () => {
    const uncalibrated = estimateWait(estimator, 1_000, asOf);
    const low = estimateWait(after(1.1, 300), 1_000, asOf);
    const high = estimateWait(after(0.9, 300), 1_000, asOf);
    expect(low.p90Ms).toBeGreaterThan(uncalibrated.p90Ms);
    expect(high.p90Ms).toBeLessThan(uncalibrated.p90Ms);
  });

  it('moves little by a few samples', () => {
    const uncalibrated = estimateWait(estimator, 1_000, asOf);
    const { medianMs } = estimateWait(after(3, 3), 1_000, asOf);
    expect(medianMs / uncalibrated.medianMs).toBeLessThan(1.02);
  });

  it('calibrates long waits apart from short ones', () => {
    expect(estimateWait(after(1.1, 300), 150, asOf)).toEqual(estimateWait(estimator, 150, asOf));
  });

  it('measures a wait without pauses', () => {
    const sample = sampleWait(estimator, 250, asOf);
    const start = asOf / SECOND;
    const paused = observe(
      observe(estimator, observationAt(start + 5)),
      observationAt(start + 6, { isOpen: false, window: estimator.last!.window }),
    );
    const resumed = observe(observe(paused, observationAt(start + 500)), observationAt(start + 520));
    // 5 s before the pause and half of the 20 s between the last two observations.
    expect(realisedWaitMs(resumed, sample)).toBe(15_000);
  });

  it('discards a wait during which the rate was changed', () => {
    const sample = sampleWait(estimator, 250, asOf);
    const changed = observe(
      estimator,
      observationAt(asOf / SECOND + 5, { policy: { ...POLICY, intervalMs: 5_000 } }),
    );
    expect(realisedWaitMs(changed, sample)).toBeNull();
  });
});
