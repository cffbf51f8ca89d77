import { describe, expect, it } from 'vitest';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';
import { HOLD_POLICY_DEFAULT } from '../../src/booking/hold-policy.ts';
import {
  type HeldReservation,
  type Reservation,
  cancel,
  confirm,
  extend,
  mayPay,
  reservationAt,
} from '../../src/booking/reservation.ts';

const HELD: HeldReservation = {
  status: 'HELD',
  id: 'r1',
  userId: 'u1',
  concertId: 'c1',
  eventId: 'e1',
  seatNumbers: [1, 2],
  totalAmount: 200,
  sequence: 2 ** 40 + 1,
  createdAt: 0,
  holdExpiresAt: 1_000,
  extensions: 0,
};
const EXPIRED: Reservation = { ...HELD, status: 'EXPIRED' };
const CANCELLED: Reservation = { ...HELD, status: 'CANCELLED' };
const PAID = { ...HELD, paymentId: 'p1', complimentary: false, refundedSeats: [], refundedAmount: 0 };
const CONFIRMED: Reservation = { ...PAID, status: 'CONFIRMED' };
const REFUNDED: Reservation = { ...PAID, status: 'REFUNDED' };
const LAPSED = { ok: false, refusal: { code: 'HOLD_EXPIRED', holdExpiresAt: 1_000 } };
const notHeld = (status: string) => ({ ok: false, refusal: { code: 'RESERVATION_NOT_HELD', status } });

describe('a reservation', () => {
  it.each<[string, Reservation, number, Reservation]>([
    ['is held until the last millisecond', HELD, 999, HELD],
    ['is EXPIRED from the moment its hold is over', HELD, 1_000, EXPIRED],
    ['stays CONFIRMED', CONFIRMED, 9_999, CONFIRMED],
    ['stays CANCELLED', CANCELLED, 9_999, CANCELLED],
    ['stays REFUNDED', REFUNDED, 9_999, REFUNDED],
    ['stays EXPIRED', EXPIRED, 0, EXPIRED],
  ])('%s', (_, reservation, now, seen) => {
    expect(reservationAt(reservation, now)).toEqual(seen);
  });

  it.each<[Reservation, unknown]>([
    [HELD, { ok: true, value: HELD }],
    [EXPIRED, LAPSED],
    [CONFIRMED, notHeld('CONFIRMED')],
    [CANCELLED, notHeld('CANCELLED')],
    [REFUNDED, notHeld('REFUNDED')],
  ])('that is $status may be paid or not', (reservation, answer) => {
    expect(mayPay(reservation)).toEqual(answer);
  });

  it('carries its payment once it is confirmed', () => {
    expect(confirm(HELD, 'p1')).toEqual(CONFIRMED);
  });

  it.each<[Reservation, unknown]>([
    [HELD, { ok: true, value: CANCELLED }],
    [EXPIRED, { ok: true, value: EXPIRED }],
    [CANCELLED, { ok: true, value: CANCELLED }],
    [CONFIRMED, notHeld('CONFIRMED')],
    [REFUNDED, notHeld('REFUNDED')],
  ])('that is $status may be cancelled or not', (reservation, answer) => {
    expect(cancel(reservation)).toEqual(answer);
  });
});

describe('extend', () => {
  const policy = { ...HOLD_POLICY_DEFAULT, ttlMs: 600, maxExtensions: 2 };
  const event = { reservationStartAt: 0, reservationEndAt: 5_000, startsAt: 6_000 };
  const history = { placeEnd: null, seatsBought: 0, unpaidHolds: [] };
  const sales = SALES_RUNNING;

  it('restarts the time of a live hold', () => {
    expect(extend(HELD, { policy, event, sales, history, now: 900 })).toEqual({
      ok: true,
      value: { ...HELD, holdExpiresAt: 1_500, extensions: 1 },
    });
  });

  it('never shortens a hold, even under a stricter policy', () => {
    expect(extend(HELD, { policy, event, sales, history, now: 100 })).toEqual({
      ok: true,
      value: { ...HELD, holdExpiresAt: 1_000, extensions: 1 },
    });
  });

  it('ends no later than the event starts', () => {
    const late = { ...event, reservationEndAt: 1_200, startsAt: 1_200 };
    expect(extend(HELD, { policy, event: late, sales, history, now: 900 })).toMatchObject({
      value: { holdExpiresAt: 1_200 },
    });
  });

  it('is refused once the event no longer sells', () => {
    expect(extend(HELD, { policy, event, sales, history, now: 4_999 })).toMatchObject({ ok: true });
    expect(extend(HELD, { policy, event, sales, history, now: 5_000 })).toMatchObject({
      refusal: { code: 'EVENT_NOT_BOOKABLE' },
    });
  });

  it('is refused while sales are stopped', () => {
    const stopped = { state: 'STOPPED', reason: 'A wrong price' } as const;
    expect(extend(HELD, { policy, event, sales: stopped, history, now: 0 })).toEqual({
      ok: false,
      refusal: { code: 'SALES_STOPPED', reason: 'A wrong price' },
    });
  });

  it('refuses one extension more than the policy allows', () => {
    const refusal = { code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions: 2 };
    expect(extend({ ...HELD, extensions: 1 }, { policy, event, sales, history, now: 0 })).toMatchObject({
      ok: true,
    });
    expect(extend({ ...HELD, extensions: 2 }, { policy, event, sales, history, now: 0 })).toEqual({
      ok: false,
      refusal,
    });
    expect(
      extend(HELD, { policy: { ...policy, maxExtensions: 0 }, event, sales, history, now: 0 }),
    ).toMatchObject({
      ok: false,
    });
  });

  it('counts the extensions of the unpaid holds before it', () => {
    const unpaidHolds = [1, 0].map((extensions) => ({ createdAt: 0, extensions }));
    const terms = { policy, event, sales, history: { ...history, unpaidHolds }, now: 0 };
    expect(extend(HELD, terms)).toMatchObject({ value: { extensions: 1 } });
    expect(extend({ ...HELD, extensions: 1 }, terms)).toMatchObject({
      refusal: { code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions: 2 },
    });
  });

  it.each<[Reservation, unknown]>([
    [{ ...EXPIRED, extensions: 2 }, LAPSED],
    [{ ...CONFIRMED, extensions: 2 }, notHeld('CONFIRMED')],
    [CANCELLED, notHeld('CANCELLED')],
    [REFUNDED, notHeld('REFUNDED')],
  ])('refuses what is $status, whatever the limit says', (reservation, answer) => {
    expect(extend(reservation, { policy, event, sales, history, now: 0 })).toEqual(answer);
  });
});
