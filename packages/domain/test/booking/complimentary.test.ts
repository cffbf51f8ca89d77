import { describe, expect, it } from 'vitest';
import { giveSeats, mayGive } from '../../src/booking/complimentary.ts';
import { historyOf } from '../../src/booking/reservation-history.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';
import { refundSeats } from '../../src/payments/refund.ts';

const STARTS_AT = 1_000;
const GIVEN = giveSeats({
  id: 'r1',
  userId: 'mina',
  concertId: 'c1',
  eventId: 'e1',
  seatNumbers: [3, 5],
  paymentId: 'p1',
  createdAt: 500,
});

describe('mayGive', () => {
  const date = { startsAt: STARTS_AT, sales: SALES_RUNNING };

  it('allows it until the date starts', () => {
    expect(mayGive(date, STARTS_AT - 1)).toMatchObject({ ok: true });
    const refusal = { code: 'EVENT_STARTED', startsAt: STARTS_AT };
    expect(mayGive(date, STARTS_AT)).toEqual({ ok: false, refusal });
  });

  it('allows it while sales are stopped, and refuses a cancelled date, also after its start', () => {
    const stopped = { ...date, sales: { state: 'STOPPED', reason: 'wrong price' } } as const;
    expect(mayGive(stopped, 0)).toMatchObject({ ok: true });
    const cancelled = { ...date, sales: { state: 'CANCELLED', reason: 'ill' } } as const;
    for (const now of [0, STARTS_AT])
      expect(mayGive(cancelled, now)).toEqual({
        ok: false,
        refusal: { code: 'EVENT_CANCELLED', reason: 'ill' },
      });
  });
});

describe('a complimentary reservation', () => {
  it('is confirmed at once, costs nothing, and has no place', () => {
    expect(GIVEN).toMatchObject({ status: 'CONFIRMED', complimentary: true, totalAmount: 0, sequence: 0 });
  });

  it('pays nothing back, for one seat or for all', () => {
    const prices = new Map([
      [3, 100],
      [5, 200],
    ]);
    const terms = { prices, refundUntil: null, checkedInSeats: [], now: 600 };
    const one = refundSeats(GIVEN, [5], terms);
    expect(one).toMatchObject({ value: { amount: 0, reservation: { status: 'CONFIRMED' } } });
    if (!one.ok) return;
    expect(refundSeats(one.value.reservation, null, terms)).toMatchObject({
      value: { amount: 0, seatNumbers: [3], reservation: { status: 'REFUNDED', refundedAmount: 0 } },
    });
  });

  it('begins its history with who gave it and why, instead of a hold and a payment', () => {
    const change = { reservationId: 'r1', kind: 'GIVEN', at: 500, actor: 'staff', reason: 'family' } as const;
    const payment = {
      id: 'p1',
      reservationId: 'r1',
      userId: 'mina',
      amount: 0,
      balanceAfter: 0,
      paidAt: 500,
    };
    const refund = { refundedAt: 700, actor: 'mina', reason: null, amount: 0 };
    const records = { reservation: GIVEN, payment, changes: [change], refunds: [refund] };
    expect(historyOf(records)).toEqual([
      { kind: 'GIVEN', at: 500, actor: 'staff', reason: 'family', amount: null },
      { kind: 'REFUNDED', at: 700, actor: 'mina', reason: null, amount: 0 },
    ]);
  });
});
