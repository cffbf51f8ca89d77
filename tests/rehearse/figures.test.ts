import { pollAfterMs } from '@frontrow/domain/waiting-room/admission.ts';
import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../scripts/rehearse/compare.ts';
import { pollsPerSecond } from '../../scripts/rehearse/course.ts';
import { FIGURES } from '../../scripts/rehearse/figures.ts';
import { PACE_DEFAULT } from '../../scripts/rehearse/pace.ts';
import { scalePlan, shareToPlay, speedMax } from '../../scripts/rehearse/plan.ts';
import { predict } from '../../scripts/rehearse/predict.ts';
import { wallsOf } from '../../scripts/rehearse/walls.ts';

const load = (perSecondMax: number) => ({ total: perSecondMax, perSecondMax });

const planOf = (fans: number, seats: number, batchSize: number) => ({
  policy: { ...POLICY_DEFAULT, admission: { ...POLICY_DEFAULT.admission, batchSize } },
  pace: PACE_DEFAULT,
  fans,
  seats,
});

const number = (max: number) => fc.integer({ min: 1, max });

describe('polls per second', () => {
  test('are those of fans who poll after a quarter of their wait', () => {
    fc.assert(
      fc.property(number(100_000), number(500), (waiting, admitted) => {
        let sum = 0;
        for (let position = 1; position <= waiting; position += 1)
          sum += 1_000 / pollAfterMs((position * 1_000) / admitted, 0.5);
        expect(pollsPerSecond(waiting, admitted)).toBeGreaterThan(0.95 * sum - 1);
        expect(pollsPerSecond(waiting, admitted)).toBeLessThan(1.05 * sum + 1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the played part of a sale', () => {
  test('has the same share of the fans, the seats and the admissions', () => {
    fc.assert(
      fc.property(number(2_000_000), number(100_000), number(5_000), (fans, seats, batchSize) => {
        const share = shareToPlay(planOf(fans, seats, batchSize));
        const played = scalePlan(planOf(fans, seats, batchSize), { share, speed: 1 });
        expect(played.policy.admission.batchSize).toBeCloseTo(share * batchSize, 6);
        expect(played.fans).toBe(Math.min(3_000, Math.round(share * fans)));
        expect(played.seats).toBe(Math.max(1, Math.round(share * seats)));
      }),
    );
  });

  test('is the whole sale where few fans come', () => {
    expect(shareToPlay(planOf(3_000, 50, 1_400))).toBe(1);
  });

  test('runs only as fast as workers admit and fans poll', () => {
    expect(speedMax(planOf(100, 50, 10))).toBe(24);
    const { policy, ...plan } = planOf(100, 50, 10);
    const admission = { ...policy.admission, intervalMs: 200 };
    expect(speedMax({ ...plan, policy: { ...policy, admission } })).toBe(1);
  });

  test('takes half of every time at twice the speed', () => {
    const { policy, pace } = scalePlan(planOf(100, 50, 10), { share: 1, speed: 2 });
    expect(policy.admission).toMatchObject({ intervalMs: 5_000, sessionTtlMs: 300_000, claimTtlMs: 60_000 });
    expect(pace).toMatchObject({ arriveMs: 30_000, chooseMs: 10_000, payMs: 15_000 });
  });
});

test('the first wall is the resource of which the busiest second needs the largest part', () => {
  const course = { joins: load(10_000), polls: load(20_000), sales: load(100) };
  const costs = { http: { join: 100, poll: 50, sale: 3_000 }, redis: { join: 10, sale: 100 } };
  const [first, ...others] = wallsOf(course, costs, { httpCores: 4, salesPerSecond: 500 });
  expect(first).toMatchObject({ resource: 'HTTP: 4 cores', use: 2.3 / 4 });
  expect(others.map(({ use }) => use)).toEqual([0.2, expect.closeTo(0.11, 6)]);
});

describe('a comparison', () => {
  const figures = {
    mostSoldAt: 90_000,
    soldOutAt: 100_000,
    soldSeats: 50,
    waitMedian: 10_000,
    waitP90: 500,
  };
  const verdicts = (played: Partial<typeof figures>) =>
    compare({ ...figures, byChance: [] }, { ...figures, ...played }).map(({ isMet }) => isMet);

  test('is met up to a fifth off', () => {
    expect(verdicts({ soldOutAt: 120_000, waitMedian: 8_000 })).toEqual([true, true, true, true, true]);
    expect(verdicts({ soldOutAt: 121_000, waitMedian: 7_900 })).toEqual([true, false, true, false, true]);
  });

  test('does not judge times within two polls', () => {
    expect(verdicts({ waitP90: 1_900 })).toEqual([true, true, true, true, true]);
  });

  test('is missed where a sale was sold out against the prediction', () => {
    const predicted = { ...figures, soldOutAt: null, byChance: [] };
    expect(compare(predicted, figures)[1]).toMatchObject({ ratio: null, isMet: false });
  });

  test('leaves to chance what the simulated sales do not agree on', () => {
    const rows = compare({ ...figures, soldOutAt: null, byChance: ['soldOutAt'] }, figures);
    expect(rows.map(({ isMet }) => isMet)).toEqual([true, null, true, true, true]);
  });
});

describe('what chance decides', () => {
  const pace = { ...PACE_DEFAULT, noShow: 0, pays: 1, seatsPerFan: 1 };

  test('is everything where one fan may stay away', () => {
    const plan = { ...planOf(1, 1, 10), pace: { ...pace, noShow: 0.5 } };
    expect(predict(plan, { salesPerSecond: null }).byChance).toEqual(FIGURES);
  });

  test('is nothing where every fan comes and pays', () => {
    const plan = { ...planOf(600, 300, 60), pace };
    expect(predict(plan, { salesPerSecond: null }).byChance).toEqual([]);
  });
});
