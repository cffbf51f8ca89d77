import { describe, expect, it } from 'vitest';
import { type ConcertEvent, isBookable, mayBook, scheduleEvent } from '../../src/catalog/concert.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';

const EVENT: ConcertEvent = {
  id: 'e1',
  concertId: 'c1',
  venue: 'Hall',
  reservationStartAt: 100,
  reservationEndAt: 200,
  startsAt: 300,
  refundUntil: 250,
  seatCount: 50,
  price: 1,
  sales: SALES_RUNNING,
};

describe('a booking window', () => {
  it.each([
    [99, false],
    [100, true],
    [199, true],
    [200, false],
  ])('at %i is open: %s', (now, isOpen) => {
    expect(isBookable(EVENT, now)).toBe(isOpen);
    const refusal = { code: 'EVENT_NOT_BOOKABLE', reservationStartAt: 100, reservationEndAt: 200 };
    expect(mayBook(EVENT, now)).toEqual(isOpen ? { ok: true, value: EVENT } : { ok: false, refusal });
  });
});

describe('scheduleEvent', () => {
  it.each<[string, Partial<ConcertEvent>]>([
    ['in the usual order', {}],
    ['selling until it starts', { startsAt: 200, refundUntil: 200 }],
    ['refunding until it starts', { refundUntil: 300 }],
    ['refunding only before it sells', { refundUntil: 50 }],
  ])('accepts a date %s', (_, facts) => {
    const event = { ...EVENT, ...facts };
    expect(scheduleEvent(event)).toEqual({ ok: true, value: event });
  });

  it.each<[string, Partial<ConcertEvent>, string[]]>([
    ['whose window is empty', { reservationEndAt: 100 }, ['/reservationEndAt']],
    ['whose window runs backwards', { reservationEndAt: 99 }, ['/reservationEndAt']],
    ['that starts while it still sells', { startsAt: 199, refundUntil: 150 }, ['/startsAt']],
    ['that refunds after it has started', { refundUntil: 301 }, ['/refundUntil']],
    ['whose seats cost more in all than money can say', { price: 20_000_000_001 }, ['/price']],
    [
      'that is wrong in every way',
      { reservationEndAt: 90, startsAt: 80, refundUntil: 81 },
      ['/reservationEndAt', '/startsAt', '/refundUntil'],
    ],
  ])('refuses a date %s', (_, facts, pointers) => {
    const scheduled = scheduleEvent({ ...EVENT, ...facts });
    const errors = pointers.map((pointer) => ({ pointer, detail: expect.any(String) as string }));
    expect(scheduled).toEqual({ ok: false, refusal: { code: 'VALIDATION_FAILED', errors } });
  });
});
