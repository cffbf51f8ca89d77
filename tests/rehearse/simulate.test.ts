import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../scripts/rehearse/figures.ts';
import { PACE_DEFAULT, type Pace } from '../../scripts/rehearse/pace.ts';
import type { Plan } from '../../scripts/rehearse/plan.ts';
import { predict } from '../../scripts/rehearse/predict.ts';
import { simulateSale } from '../../scripts/rehearse/simulate.ts';

const NO_LIMIT = { salesPerSecond: null };

function planOf(facts: Partial<Plan> = {}, pace: Partial<Pace> = {}, batchSize = 50): Plan {
  return {
    policy: { admission: { ...ADMISSION_POLICY_DEFAULT, batchSize }, hold: HOLD_POLICY_DEFAULT },
    pace: { ...PACE_DEFAULT, ...pace },
    fans: 600,
    seats: 200,
    ...facts,
  };
}

function wait(plan: Plan): number {
  return figuresOf(simulateSale(plan, NO_LIMIT, 1)).waitMedian!;
}

describe('a simulated sale', () => {
  test('sells what its fans want, and no seat twice', () => {
    const counts = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (fans, seats, seatsPerFan, seed) => {
          const plan = planOf({ fans, seats }, { noShow: 0, pays: 1, seatsPerFan });
          const { soldSeats, soldOutAt } = simulateSale(plan, NO_LIMIT, seed);
          expect(soldSeats).toBe(Math.min(seats, fans * seatsPerFan));
          expect(soldOutAt === null).toBe(soldSeats < seats);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('sells nothing where nobody comes or nobody pays', () => {
    for (const pace of [{ noShow: 1 }, { pays: 0 }])
      expect(simulateSale(planOf({}, pace), NO_LIMIT, 1)).toMatchObject({ soldSeats: 0, soldOutAt: null });
  });

  test('sells nothing where every hold lapses before it is paid', () => {
    const { policy, ...plan } = planOf({}, { payMs: 60_000 });
    const hold = { ...policy.hold, ttlMs: 30_000 };
    const sale = simulateSale({ ...plan, policy: { ...policy, hold } }, NO_LIMIT, 1);
    expect(sale).toMatchObject({ soldSeats: 0, soldOutAt: null });
  });

  test('admits a batch in each window, so that the last of 600 fans waits for eleven windows', () => {
    const { waitsMs } = simulateSale(planOf({ seats: 10_000 }, { early: 1, noShow: 0 }), NO_LIMIT, 1);
    expect(waitsMs).toHaveLength(600);
    expect(Math.max(...waitsMs)).toBeGreaterThanOrEqual(11 * 10_000);
    expect(Math.max(...waitsMs)).toBeLessThan(12 * 10_000);
  });

  test('lets fans wait longer when more of them come, and less when more are admitted', () => {
    const seats = 10_000;
    expect(wait(planOf({ seats, fans: 1_200 }))).toBeGreaterThan(1.5 * wait(planOf({ seats })));
    expect(wait(planOf({ seats }, {}, 100))).toBeLessThan(wait(planOf({ seats })) / 1.5);
  });

  test('is sold out no sooner than MySQL can sell its reservations', () => {
    const plan = planOf({}, { seatsPerFan: 1, pays: 1 }, 1_000);
    expect(predict(plan, NO_LIMIT).soldOutAt).toBeLessThan(90_000);
    expect(predict(plan, { salesPerSecond: 2 }).soldOutAt).toBeGreaterThan((200 / 2) * 1_000);
  });

  test('offers fewer places where the policy counts the seats that are left', () => {
    const { policy, ...plan } = planOf({ seats: 10 });
    const admission = { ...policy.admission, sellableFactor: 1 };
    const { waitsMs } = simulateSale({ ...plan, policy: { ...policy, admission } }, NO_LIMIT, 1);
    expect(waitsMs.length).toBeLessThan(simulateSale({ ...plan, policy }, NO_LIMIT, 1).waitsMs.length);
  });
});
