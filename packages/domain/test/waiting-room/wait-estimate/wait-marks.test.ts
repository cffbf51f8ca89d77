import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdmissionPolicy } from '../../../src/waiting-room/admission.ts';
import { lineAdvance } from '../../../src/waiting-room/wait-estimate/line-advance.ts';
import {
  type WaitEstimator,
  estimateWait,
  estimateWaitUpTo,
  startEstimator,
} from '../../../src/waiting-room/wait-estimate/wait-estimate.ts';
import { markWaits, waitByMarks } from '../../../src/waiting-room/wait-estimate/wait-marks.ts';
import { POLICY, SECOND, observeWindows } from '../../simulation/observations.ts';

/** Rooms that admit in batches or steps, with a cap that is reached soon, late or never, and fans who leave. */
const estimators = fc
  .record({
    shape: fc.constantFrom('batch', 'smooth'),
    maxActive: fc.option(fc.integer({ min: 50, max: 5_000 })),
    windows: fc.integer({ min: 1, max: 40 }),
    admitted: fc.integer({ min: 1, max: 100 }),
    left: fc.integer({ min: 0, max: 60 }),
    active: fc.integer({ min: 0, max: 2_000 }),
    deviations: fc.array(fc.double({ min: 0.3, max: 4, noNaN: true }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ shape, maxActive, windows, deviations, ...counts }): WaitEstimator => {
    const policy: AdmissionPolicy = { ...POLICY, shape, maxActive };
    const facts = { policy, ...counts, admittedFromLine: counts.admitted };
    const estimator = observeWindows(startEstimator(policy, 0), 0, windows, () => facts);
    return { ...estimator, calibration: deviations.map((of) => ({ deviations: of, count: 9 })) };
  });
const lengths = fc.integer({ min: 1, max: 1_000 });

describe('the estimate up to a position', () => {
  it('is at least that of every place up to there', () => {
    fc.assert(
      fc.property(estimators, lengths, (estimator, length) => {
        const now = estimator.last!.asOf + 3 * SECOND;
        let [medianMs, p90Ms] = [0, 0];
        for (let position = 1; position <= length; position += 1) {
          const own = estimateWait(estimator, position, now);
          medianMs = Math.max(medianMs, own.medianMs);
          p90Ms = Math.max(p90Ms, own.p90Ms);
          const upTo = estimateWaitUpTo(estimator, position, now);
          expect(upTo.medianMs).toBeGreaterThanOrEqual(medianMs);
          expect(upTo.p90Ms).toBeGreaterThanOrEqual(p90Ms);
        }
      }),
    );
  });

  it('is the estimate of the place in a room without a cap', () => {
    const estimator = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
    const now = estimator.last!.asOf;
    for (const position of [1, 100, 950, 40_000])
      expect(estimateWaitUpTo(estimator, position, now)).toEqual(estimateWait(estimator, position, now));
  });
});

describe('the marks of the waits', () => {
  const steady = observeWindows(startEstimator(POLICY, 0), 0, 30, () => ({}));
  const { asOf } = steady.last!;
  const marksOf = (estimator: WaitEstimator, length: number, max?: number) =>
    markWaits((position) => estimateWaitUpTo(estimator, position, asOf), length, max);

  it('promise no place a shorter wait than its own estimate', () => {
    fc.assert(
      fc.property(estimators, lengths, fc.integer({ min: 2, max: 50 }), (estimator, length, max) => {
        const marks = marksOf(estimator, length, max);
        expect(marks.length).toBeLessThanOrEqual(max);
        expect(marks.at(-1)?.upToPosition).toBe(length);
        for (let position = 1; position <= length; position += 7) {
          const own = estimateWait(estimator, position, asOf);
          const marked = waitByMarks(marks, position)!;
          expect(marked.medianMs).toBeGreaterThanOrEqual(own.medianMs);
          expect(marked.p90Ms).toBeGreaterThanOrEqual(own.p90Ms);
        }
        expect(waitByMarks(marks, length + 1)).toBeNull();
      }),
    );
  });

  it('are at most a sixth and a second too long in a line of two hours', () => {
    const marks = marksOf(steady, 70_000);
    expect(marks.length).toBeLessThanOrEqual(50);
    for (let position = 1; position <= 70_000; position += 13) {
      const own = estimateWait(steady, position, asOf).medianMs;
      expect(waitByMarks(marks, position)!.medianMs).toBeLessThanOrEqual((own * 7) / 6 + SECOND);
    }
  });

  it('are one per window at the front of a line that is admitted in batches', () => {
    const marks = marksOf(steady, 300);
    expect(marks.map(({ medianMs }) => Math.round(medianMs / SECOND))).toEqual([10, 20, 30, 40]);
    expect(marksOf(steady, 0)).toEqual([]);
  });
});

describe('the advance of the line', () => {
  it('is the observed rate of admissions, with its quantiles around it', () => {
    const steady = observeWindows(startEstimator(POLICY, 0), 0, 60, () => ({}));
    const { p10PerSecond, medianPerSecond, p90PerSecond } = lineAdvance(steady.forecast);
    expect(medianPerSecond).toBeCloseTo(10, 0);
    expect(p10PerSecond).toBeLessThan(medianPerSecond);
    expect(p90PerSecond).toBeGreaterThan(medianPerSecond);
  });

  it('is slower in a room that is full', () => {
    const policy: AdmissionPolicy = { ...POLICY, maxActive: 200 };
    const full = observeWindows(startEstimator(policy, 0), 0, 60, () => ({
      policy,
      active: 200,
      admitted: 5,
      admittedFromLine: 5,
    }));
    expect(lineAdvance(full.forecast).medianPerSecond).toBeLessThan(2);
  });
});
