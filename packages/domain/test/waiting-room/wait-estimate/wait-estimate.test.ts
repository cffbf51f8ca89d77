import { describe, expect, it } from 'vitest';
import type { AdmissionPolicy } from '../../../src/waiting-room/admission.ts';
import { POLICY, SECOND, follow, medianSeconds, snapshot } from '../../simulation/snapshots.ts';
import {
  type Pace,
  calibrate,
  estimateWait,
  observe,
  paceOf,
  realisedWaitMs,
  sampleWait,
} from '../../../src/waiting-room/wait-estimate/wait-estimate.ts';

describe('estimateWait', () => {
  const steady = follow(paceOf(POLICY, 0), 0, 60, () => ({}));

  it('is that of the policy at first, a little longer for the no-shows who will come back', () => {
    const pace = observe(paceOf(POLICY, 0), snapshot(0));
    expect(medianSeconds(pace, 50)).toBe(10);
    expect(medianSeconds(pace, 1_050)).toBe(120);
  });

  it('counts whole windows from the next opening where batches come whole', () => {
    expect(medianSeconds(steady, 1)).toBeCloseTo(10, 1);
    expect(medianSeconds(steady, 95)).toBeCloseTo(10, 1);
    expect(medianSeconds(steady, 495)).toBeCloseTo(50, 1);
    const { asOf } = steady.seen!;
    expect(estimateWait(steady, 495, asOf + 4_000).medianMs).toBeCloseTo(46_000, -2);
  });

  it('lets those in at once for whom the present window still has room', () => {
    const asOf = 601;
    const window = { openedAt: 600 * SECOND, used: 60 };
    const pace = observe(steady, snapshot(asOf, { window }));
    expect(estimateWait(pace, 40, asOf * SECOND).medianMs).toBeLessThan(1_000);
    expect(estimateWait(pace, 41, asOf * SECOND).medianMs).toBeCloseTo(9_000, -2);
  });

  it('spreads a smooth window', () => {
    const policy: AdmissionPolicy = { ...POLICY, shape: 'smooth' };
    const pace = observe(paceOf(policy, 0), snapshot(0, { policy }));
    expect(medianSeconds(pace, 150)).toBeGreaterThan(14);
    expect(medianSeconds(pace, 150)).toBeLessThan(18);
  });

  it('tells a p90 between the median and twice the median, at any position', () => {
    for (let position = 1; position < 100_000; position = Math.ceil(position * 1.3)) {
      const { medianMs, p90Ms } = estimateWait(steady, position, steady.seen!.asOf);
      expect(p90Ms).toBeGreaterThanOrEqual(medianMs);
      expect(p90Ms).toBeLessThanOrEqual(2 * medianMs);
    }
  });
});

describe('calibrate', () => {
  const pace = follow(paceOf(POLICY, 0), 0, 30, () => ({}));
  const { asOf } = pace.seen!;

  function after(factor: number, times: number): Pace {
    let calibrated = pace;
    for (let time = 0; time < times; time += 1) {
      const sample = sampleWait(calibrated, 1_000, asOf);
      calibrated = calibrate(calibrated, sample, sample.centreMs * factor);
    }
    return calibrated;
  }

  it('raises what was told too low and lowers what was told too high', () => {
    const told = estimateWait(pace, 1_000, asOf);
    const low = estimateWait(after(1.1, 300), 1_000, asOf);
    const high = estimateWait(after(0.9, 300), 1_000, asOf);
    expect(low.medianMs).toBeGreaterThan(told.medianMs);
    expect(low.p90Ms).toBeGreaterThan(told.p90Ms);
    expect(high.medianMs).toBeLessThan(told.medianMs);
    expect(high.p90Ms).toBeLessThan(told.p90Ms);
  });

  it('is not swung by a few samples', () => {
    const told = estimateWait(pace, 1_000, asOf);
    const { medianMs } = estimateWait(after(3, 3), 1_000, asOf);
    expect(medianMs / told.medianMs).toBeLessThan(1.02);
  });

  it('corrects at the distance where it was wrong', () => {
    expect(estimateWait(after(1.1, 300), 150, asOf)).toEqual(estimateWait(pace, 150, asOf));
  });

  it('measures a wait without the pauses in it', () => {
    const sample = sampleWait(pace, 250, asOf);
    const start = asOf / SECOND;
    const paused = observe(
      observe(pace, snapshot(start + 5)),
      snapshot(start + 6, { isOpen: false, window: pace.seen!.window }),
    );
    const resumed = observe(observe(paused, snapshot(start + 500)), snapshot(start + 520));
    // 5 s before the pause, and half of the 20 s after it: at some time since the snapshot before.
    expect(realisedWaitMs(resumed, sample)).toBe(15_000);
  });

  it('says nothing of a wait during which the rate was changed', () => {
    const sample = sampleWait(pace, 250, asOf);
    const changed = observe(pace, snapshot(asOf / SECOND + 5, { policy: { ...POLICY, intervalMs: 5_000 } }));
    expect(realisedWaitMs(changed, sample)).toBeNull();
  });
});
