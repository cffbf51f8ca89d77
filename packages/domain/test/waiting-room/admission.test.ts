import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADMISSION_POLICY_DEFAULT,
  type AdmissionPolicy,
  type AdmissionWindow,
  type Room,
  type RoomWindow,
  admissible,
  changeAdmission,
  allowanceLeft,
  estimateWaitMs,
  isRestoring,
  isRoomClosed,
  pauseReason,
  pollAfterMs,
  roomState,
  waitBeforeOpeningMs,
  correctedWindow,
  windowAfterLeaving,
  windowAt,
} from '../../src/waiting-room/admission.ts';

const POLICY: AdmissionPolicy = { ...ADMISSION_POLICY_DEFAULT, batchSize: 100, intervalMs: 1_000 };
const SELLING = { reservationStartAt: 0, reservationEndAt: 1_000 };
const STOPPED = { ...SELLING, stop: { reason: 'A wrong price' } };
const LATER = { reservationStartAt: 2_000, reservationEndAt: 3_000 };

function roomOf(
  facts: Partial<Room> = {},
  admission: Partial<AdmissionPolicy> = {},
  windows: readonly RoomWindow[] = [SELLING],
): Room {
  const config = { version: 1, admission: { ...POLICY, ...admission }, windows };
  return { config, window: null, soldOut: false, restoringUntil: null, seatsReturned: null, ...facts };
}

describe('the state of a room', () => {
  it.each([
    ['NOT_OPEN', roomOf({}, {}, []), 500],
    ['NOT_OPEN', roomOf({}, {}, [LATER]), 500],
    ['NOT_OPEN', roomOf({ soldOut: true }, {}, [SELLING, LATER]), 1_500],
    ['OPEN', roomOf({}, {}, [SELLING, LATER]), 500],
    ['OPEN', roomOf({}, {}, [SELLING, LATER]), 2_000],
    ['PAUSED', roomOf({}, { state: 'PAUSED' }), 500],
    ['PAUSED', roomOf({}, {}, [STOPPED]), 500],
    ['PAUSED', roomOf({}, {}, [STOPPED, LATER]), 500],
    ['OPEN', roomOf({}, {}, [STOPPED, LATER]), 2_500],
    ['OPEN', roomOf({}, {}, [STOPPED, SELLING]), 500],
    ['SOLD_OUT', roomOf({ soldOut: true }, {}, [STOPPED]), 500],
    ['SOLD_OUT', roomOf({ soldOut: true }, { state: 'PAUSED' }), 500],
    ['CLOSED', roomOf({ soldOut: true }, { state: 'PAUSED' }), 1_000],
    ['CLOSED', roomOf({}, {}, [SELLING, LATER]), 3_000],
  ])('is %s', (state, room, now) => {
    expect(roomState(room, now)).toBe(state);
    expect(isRoomClosed(room.config, now)).toBe(state === 'CLOSED');
  });

  it('is restoring until the moment given', () => {
    expect(isRestoring(roomOf(), 0)).toBe(false);
    expect([499, 500].map((now) => isRestoring(roomOf({ restoringUntil: 500 }), now))).toEqual([true, false]);
  });
});

const reasonOf = (admission: Partial<AdmissionPolicy>, windows: readonly RoomWindow[]) =>
  pauseReason(roomOf({}, admission, windows).config, 500);

describe('the reason of a pause', () => {
  it('is that of the stopped sales, or else that of the policy', () => {
    const paused = { state: 'PAUSED', reason: 'A break' } as const;
    expect(reasonOf(paused, [SELLING])).toBe('A break');
    expect(reasonOf(paused, [SELLING, STOPPED])).toBe('A break');
    expect(reasonOf(paused, [LATER, STOPPED])).toBe('A wrong price');
    expect(reasonOf({}, [{ ...SELLING, stop: { reason: null } }])).toBeNull();
  });

  it('stays with other changes of the policy, and ends with the state that it is for', () => {
    const paused = { ...POLICY, state: 'PAUSED', reason: 'A break' } as const;
    expect(changeAdmission(paused, { batchSize: 7 })).toEqual({
      ok: true,
      value: { ...paused, batchSize: 7 },
    });
    expect(changeAdmission(paused, { state: 'RUNNING' })).toEqual({ ok: true, value: POLICY });
    expect(changeAdmission(paused, { state: 'PAUSED' })).toMatchObject({ value: { reason: null } });
    expect(changeAdmission(POLICY, { reason: 'A break' })).toMatchObject({
      refusal: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/admission/reason' }] },
    });
  });
});

describe('a window', () => {
  it('lasts an interval, and the next opens with the first call after it', () => {
    const window: AdmissionWindow = { openedAt: 5_000, used: 7 };
    expect(windowAt(null, POLICY, 42)).toEqual({ openedAt: 42, used: 0 });
    expect(windowAt(window, POLICY, 5_999)).toEqual(window);
    expect(windowAt(window, POLICY, 6_000)).toEqual({ openedAt: 6_000, used: 0 });
    expect(windowAt(window, POLICY, 99_999)).toEqual({ openedAt: 99_999, used: 0 });
  });

  it('opens now where a clock that went back has put its opening into the future', () => {
    expect(correctedWindow({ openedAt: 5_000, used: 7 }, 1_000)).toEqual({ openedAt: 1_000, used: 7 });
    expect(correctedWindow({ openedAt: 5_000, used: 7 }, 5_000)).toEqual({ openedAt: 5_000, used: 7 });
    expect(correctedWindow(null, 1_000)).toBeNull();
  });

  it('takes back an admission that was made in it, for a fan who has left the slot', () => {
    const window: AdmissionWindow = { openedAt: 5_000, used: 7 };
    const leaving = (sequence: number, now: number) => windowAfterLeaving(window, POLICY, sequence, 40, now);
    expect(leaving(41, 5_999)).toEqual({ openedAt: 5_000, used: 6 });
    expect(leaving(40, 5_999)).toEqual(window);
    expect(leaving(41, 6_000)).toEqual(window);
    expect(windowAfterLeaving({ openedAt: 5_000, used: 0 }, POLICY, 41, 40, 5_000)).toMatchObject({
      used: 0,
    });
    expect(windowAfterLeaving(null, POLICY, 41, 40, 5_000)).toBeNull();
  });

  it.each([
    ['batch', 0, 0, 100],
    ['batch', 60, 999, 40],
    ['batch', 140, 0, 0],
    ['smooth', 0, 0, 5],
    ['smooth', 0, 49, 5],
    ['smooth', 0, 50, 10],
    ['smooth', 5, 0, 0],
    ['smooth', 5, 999, 95],
    ['smooth', 100, 999, 0],
    ['smooth', 100, 5_000, 0],
  ] as const)('of shape %s with %i used has after %i ms %i left', (shape, used, afterMs, left) => {
    expect(allowanceLeft({ openedAt: 7, used }, { ...POLICY, shape }, 7 + afterMs)).toBe(left);
  });

  it('never admits more than its batch, opens an interval after the last, and admits its whole batch on demand', () => {
    const policy = fc.record({
      batchSize: fc.integer({ min: 1, max: 300 }),
      intervalMs: fc.integer({ min: 100, max: 2_000 }),
      shape: fc.constantFrom('batch' as const, 'smooth' as const),
    });
    const ticks = fc.array(fc.record({ afterMs: fc.nat({ max: 700 }), wanted: fc.nat({ max: 400 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(policy, ticks, (shaped, asked) => {
        const admission = { ...POLICY, ...shaped };
        const opened: number[] = [];
        let [now, window] = [0, null as AdmissionWindow | null];
        for (const { afterMs, wanted } of asked) {
          now += afterMs;
          const present = windowAt(window, admission, now);
          if (present.openedAt !== window?.openedAt) opened.push(present.openedAt);
          const left = allowanceLeft(present, admission, now);
          const admitted = Math.min(wanted, left);
          window = { ...present, used: present.used + admitted };
          expect(window.used).toBeLessThanOrEqual(admission.batchSize);
        }
        const gaps = opened.slice(1).map((at, index) => at - (opened[index] ?? 0));
        expect(gaps.every((gap) => gap >= admission.intervalMs)).toBe(true);
        const full = { openedAt: now, used: 0 };
        expect(allowanceLeft(full, admission, now + admission.intervalMs - 1)).toBe(admission.batchSize);
        expect(allowanceLeft(full, admission, now)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('admissible', () => {
  const inventory = { sellable: 10, holders: 2, countedAt: 0 };
  it.each([
    ['without a cap, what is left', {}, 50, null, 100, 30],
    ['up to the cap', { maxActive: 60 }, 50, null, 100, 10],
    ['nothing above the cap', { maxActive: 60 }, 70, null, 100, 0],
    ['as many as there is to sell, holders aside', { sellableFactor: 1 }, 8, inventory, 100, 4],
    ['a fraction of the seats, rounded up', { sellableFactor: 0.25 }, 2, inventory, 100, 3],
    ['what is left, when there is much to sell', { sellableFactor: 100 }, 8, inventory, 100, 30],
    ['nothing when there is less to sell than fans', { sellableFactor: 1 }, 80, inventory, 100, 0],
    ['the tighter of cap and inventory', { sellableFactor: 1, maxActive: 9 }, 8, inventory, 100, 1],
    ['nothing without a count', { sellableFactor: 1 }, 0, null, 100, 0],
    ['something on a count of two intervals', { sellableFactor: 1 }, 0, inventory, 2_000, 12],
    ['nothing on an older count', { sellableFactor: 1 }, 0, inventory, 2_001, 0],
  ] as const)('is %s', (_, policy, active, count, now, expected) => {
    expect(admissible(30, { ...POLICY, ...policy }, active, count, now)).toBe(expected);
  });
});

describe('the estimate', () => {
  const window = { openedAt: 100, used: 100 };
  it.each([
    ['nothing in a window to come', null, {}, 1, 0],
    ['the rest of the window for the next batch', window, {}, 100, 600],
    ['an interval more for the batch after it', window, {}, 101, 1_600],
    ['the share of the batch where it is spread', null, { shape: 'smooth' }, 250, 2_500],
  ] as const)('is %s', (_, present, policy, position, waitMs) => {
    expect(estimateWaitMs(roomOf({ window: present }, policy), position, 500)).toBe(waitMs);
  });

  it('before the opening is the time until then and the windows after it', () => {
    const room = roomOf({}, {}, [LATER]);
    expect([1, 100, 101].map((position) => waitBeforeOpeningMs(room, position, 500))).toEqual([
      1_500, 1_500, 2_500,
    ]);
    expect(waitBeforeOpeningMs(roomOf({}, {}, []), 1, 500)).toBeNull();
  });

  it.each([
    ['paused', roomOf({}, { state: 'PAUSED' })],
    ['sold out', roomOf({ soldOut: true })],
    ['not open', roomOf({}, {}, [LATER])],
  ])('is unknown while the room is %s', (_, room) => {
    expect(estimateWaitMs(room, 1, 500)).toBeNull();
  });

  it('never decreases with the position', () => {
    const position = fc.integer({ min: 1, max: 100_000 });
    const room = fc.record({
      shape: fc.constantFrom('batch' as const, 'smooth' as const),
      batchSize: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(room, position, position, fc.nat({ max: 999 }), (admission, a, b, now) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        const waitOf = (place: number) => estimateWaitMs(roomOf({ window }, admission), place, now) ?? -1;
        expect(waitOf(near)).toBeGreaterThanOrEqual(0);
        expect(waitOf(far)).toBeGreaterThanOrEqual(waitOf(near));
      }),
    );
  });
});

describe('pollAfterMs', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const wait = fc.option(fc.nat({ max: 10_000_000 }));

  it('stays between 0.8 s and 24 s, within a fifth of a quarter of the wait', () => {
    fc.assert(
      fc.property(wait, random, (waitMs, r) => {
        const ms = pollAfterMs(waitMs, r);
        const base = Math.min(20_000, Math.max(1_000, (waitMs ?? Infinity) / 4));
        expect(Number.isInteger(ms)).toBe(true);
        expect(ms).toBeGreaterThanOrEqual(800);
        expect(ms).toBeLessThanOrEqual(24_000);
        expect(Math.abs(ms - base)).toBeLessThanOrEqual(base / 5 + 1);
      }),
    );
  });

  it('grows with the wait, and is longest where the wait is unknown', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), random, (a, b, r) => {
        expect(pollAfterMs(Math.max(a, b), r)).toBeGreaterThanOrEqual(pollAfterMs(Math.min(a, b), r));
        expect(pollAfterMs(null, r)).toBeGreaterThanOrEqual(pollAfterMs(a, r));
      }),
    );
  });
});
