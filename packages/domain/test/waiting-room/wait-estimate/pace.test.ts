import { describe, expect, it } from 'vitest';
import type { AdmissionPolicy } from '../../../src/waiting-room/admission.ts';
import { POLICY, SECOND, follow, medianSeconds, snapshot } from '../../simulation/snapshots.ts';
import { type Observation, observe, paceOf } from '../../../src/waiting-room/wait-estimate/wait-estimate.ts';

/** From the thirteenth window on 40 of 100 miss their admission; from the nineteenth on as many come back. */
function missing(index: number): Partial<Observation> {
  if (index < 12) return {};
  if (index < 18) return { parked: (index - 11) * 40 };
  return { parked: 240, admittedFromLine: 60 };
}

describe('observe', () => {
  it('follows a lower rate within a few windows', () => {
    const before = follow(paceOf(POLICY, 0), 0, 30, () => ({}));
    const after = follow(before, 300, 12, () => ({ admitted: 50, admittedFromLine: 50 }));
    expect(medianSeconds(after, 1_000)).toBeGreaterThan(1.6 * medianSeconds(before, 1_000));
  });

  it('learns that no-shows come back and take places of later windows', () => {
    const pace = follow(paceOf(POLICY, 0), 0, 90, missing);
    expect(pace.outlook.advance).toBeGreaterThan(55);
    expect(pace.outlook.advance).toBeLessThan(70);
  });

  it('learns that people ahead leave', () => {
    const patient = follow(paceOf(POLICY, 0), 0, 40, () => ({}));
    const hasty = follow(paceOf(POLICY, 0), 0, 40, () => ({ left: 100 }));
    expect(medianSeconds(hasty, 5_000)).toBeLessThan(0.85 * medianSeconds(patient, 5_000));
  });

  it('does not take a pause for slow admission', () => {
    const before = follow(paceOf(POLICY, 0), 0, 30, () => ({}));
    let pace = before;
    const window = { openedAt: 290 * SECOND, used: 100 };
    for (let at = 292; at < 900; at += 10) pace = observe(pace, snapshot(at, { isOpen: false, window }));
    expect(pace.windows.admitted).toBeCloseTo(before.windows.admitted, 6);
    pace = follow(pace, 910, 5, () => ({}));
    expect(pace.outlook.advance).toBeCloseTo(before.outlook.advance, 0);
    expect(pace.windows.lengthMs).toBeCloseTo(10_000, -1);
  });

  it('does not take a line that ran empty for slow admission', () => {
    const before = follow(paceOf(POLICY, 0), 0, 30, () => ({}));
    const after = follow(before, 300, 10, () => ({ waiting: 0, admitted: 3, admittedFromLine: 3 }));
    expect(after.windows.admitted).toBeCloseTo(before.windows.admitted, 6);
  });

  it('starts again from the rate of a changed policy', () => {
    const before = follow(paceOf(POLICY, 0), 0, 30, () => ({ admitted: 90, admittedFromLine: 90 }));
    const pace = observe(before, snapshot(295, { policy: { ...POLICY, batchSize: 400 } }));
    expect(pace.windows.admitted).toBe(400);
    expect(pace.era).toBe(before.era + 1);
    const other = observe(before, snapshot(295, { policy: { ...POLICY, claimTtlMs: 1_000 } }));
    expect(other.era).toBe(before.era);
  });

  it('takes the windows that nobody pictured for as many windows', () => {
    const before = follow(paceOf(POLICY, 0), 0, 30, () => ({}));
    const tenAtOnce = { admitted: 1_000, admittedFromLine: 1_000 };
    const pace = follow(before, 390, 3, (index) => (index === 0 ? tenAtOnce : {}));
    expect(pace.windows.admitted).toBeCloseTo(before.windows.admitted, 6);
    expect(pace.windows.lengthMs).toBeCloseTo(before.windows.lengthMs, 6);
  });

  it('foresees that a room with a cap slows down once it is full', () => {
    const policy: AdmissionPolicy = { ...POLICY, maxActive: 1_000 };
    const pace = follow(paceOf(policy, 0), 0, 5, (index) => ({ policy, active: 100 * (index + 1) }));
    expect(pace.outlook.windowsUntilFull).toBeGreaterThan(4);
    expect(pace.outlook.advanceWhenFull).toBeLessThan(pace.outlook.advance);
    const uncapped = follow(paceOf(POLICY, 0), 0, 5, () => ({}));
    expect(medianSeconds(pace, 3_000)).toBeGreaterThan(1.2 * medianSeconds(uncapped, 3_000));
  });

  it('lets a full room move as fast as sessions end', () => {
    const policy: AdmissionPolicy = { ...POLICY, maxActive: 400 };
    let pace = paceOf(policy, 0);
    for (let at = 0; at < 600; at += 1) {
      const window = { openedAt: Math.floor(at / 10) * 10 * SECOND, used: 40 };
      const news = { policy, window, active: 400, admitted: 4, admittedFromLine: 4 };
      pace = observe(pace, snapshot(at, news));
    }
    expect(medianSeconds(pace, 1_000)).toBeGreaterThan(240);
    expect(medianSeconds(pace, 1_000)).toBeLessThan(290);
    expect(medianSeconds(pace, 20)).toBeLessThan(8);
  });
});
