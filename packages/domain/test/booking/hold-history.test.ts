import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HoldHistory, limitByHistory } from '../../src/booking/hold-history.ts';
import { HOLD_POLICY_DEFAULT } from '../../src/booking/hold-policy.ts';

const EMPTY: HoldHistory = { placeEnd: null, seatsBought: 0, unpaidHolds: [] };
const POLICY = { ...HOLD_POLICY_DEFAULT, seatsPerUserMax: 6, unpaidHoldsMax: 3, coolDownMs: 1_000 };
const HOLD = { count: 2, createdAt: 5_000 };
const unpaidAt = (...starts: number[]) => starts.map((createdAt) => ({ createdAt, extensions: 0 }));

describe('limitByHistory', () => {
  it('allows as many seats in the concert as the policy says', () => {
    expect(limitByHistory(HOLD, { ...EMPTY, seatsBought: 4 }, POLICY)).toMatchObject({ ok: true });
    const refusal = { code: 'SEAT_LIMIT_EXCEEDED', seatsPerUserMax: 6, seatsBought: 5 };
    expect(limitByHistory(HOLD, { ...EMPTY, seatsBought: 5 }, POLICY)).toEqual({ ok: false, refusal });
    const unlimited = { ...POLICY, seatsPerUserMax: null };
    expect(limitByHistory(HOLD, { ...EMPTY, seatsBought: 500 }, unlimited)).toMatchObject({ ok: true });
  });

  it('lets a hold begin once fewer unpaid ones than the limit are within the cool-down', () => {
    const two = { ...EMPTY, unpaidHolds: unpaidAt(4_100, 4_200) };
    expect(limitByHistory(HOLD, two, POLICY)).toMatchObject({ ok: true });
    const four = { ...EMPTY, unpaidHolds: unpaidAt(4_900, 4_100, 4_200, 4_300) };
    const refusal = { code: 'HOLDS_COOLING_DOWN', coolsDownAt: 5_200, retryAfterMs: 200 };
    expect(limitByHistory(HOLD, four, POLICY)).toEqual({ ok: false, refusal });
    const unlimited = { ...POLICY, unpaidHoldsMax: null };
    expect(limitByHistory(HOLD, four, unlimited)).toMatchObject({ ok: true });
  });

  it('never allows more unpaid holds within a cool-down than the limit, and refuses until `coolsDownAt`', () => {
    const times = fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, (gaps) => {
        const held: number[] = [];
        let now = 10_000;
        for (const gap of gaps) {
          now += gap;
          const recent = held.filter((start) => start > now - POLICY.coolDownMs);
          const history = { ...EMPTY, unpaidHolds: unpaidAt(...recent) };
          const limited = limitByHistory({ ...HOLD, createdAt: now }, history, POLICY);
          expect(limited.ok).toBe(recent.length < POLICY.unpaidHoldsMax);
          if (!limited.ok) now += 'retryAfterMs' in limited.refusal ? limited.refusal.retryAfterMs : 0;
          held.push(now);
        }
        for (const start of held)
          expect(
            held.filter((other) => other > start - POLICY.coolDownMs && other <= start).length,
          ).toBeLessThanOrEqual(POLICY.unpaidHoldsMax);
      }),
    );
  });

  it('refuses for the end of the place first, and for the seats before the cool-down', () => {
    const all = {
      placeEnd: 'COMPLETED',
      seatsBought: 9,
      unpaidHolds: unpaidAt(4_900, 4_900, 4_900),
    } as const;
    expect(limitByHistory(HOLD, all, POLICY)).toMatchObject({
      refusal: { code: 'QUEUE_TOKEN_NOT_ACTIVE', status: 'COMPLETED' },
    });
    expect(limitByHistory(HOLD, { ...all, placeEnd: null }, POLICY)).toMatchObject({
      refusal: { code: 'SEAT_LIMIT_EXCEEDED' },
    });
  });
});
