import { describe, expect, it } from 'vitest';
import {
  type ConcertEvent,
  type EventChanges,
  editEvent,
  expectVersion,
  isBookable,
  mayBook,
  scheduleEvent,
} from '../../src/catalog/concert.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';

const EVENT: ConcertEvent = {
  id: 'e1',
  concertId: 'c1',
  venue: 'Hall',
  reservationStartAt: 100,
  reservationEndAt: 200,
  startsAt: 300,
  timeZone: 'Asia/Seoul',
  refundUntil: 250,
  seatCount: 50,
  price: 1,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  sales: SALES_RUNNING,
  version: 1,
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

const refusedMembers = (changes: EventChanges, now: number) => {
  const decided = editEvent(EVENT, changes, now);
  if (decided.ok || decided.refusal.code !== 'VALIDATION_FAILED') return [];
  return decided.refusal.errors.map(({ pointer }) => pointer);
};

describe('an edit', () => {
  it('is for the version that was read, or for any', () => {
    expect(expectVersion({ version: 3 }, null)).toMatchObject({ ok: true });
    expect(expectVersion({ version: 3 }, new Set([2, 3]))).toMatchObject({ ok: true });
    expect(expectVersion({ version: 3 }, new Set([2]))).toEqual({
      ok: false,
      refusal: { code: 'PRECONDITION_FAILED', version: 3 },
    });
  });

  it('changes what it names, and raises the version', () => {
    const edited = { ...EVENT, price: 2, seatCount: 51, version: 2 };
    expect(editEvent(EVENT, { price: 2, seatCount: 51 }, 0)).toEqual({ ok: true, value: edited });
  });

  it('only adds seats, and moves a start only into the future', () => {
    expect(refusedMembers({ seatCount: 49 }, 0)).toEqual(['/seatCount']);
    expect(refusedMembers({ startsAt: 300 }, 300)).toEqual(['/startsAt']);
    expect(refusedMembers({ venue: 'Elsewhere' }, 300)).toEqual([]);
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
    expect(scheduleEvent(event, 0)).toEqual({ ok: true, value: event });
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
    const scheduled = scheduleEvent({ ...EVENT, ...facts }, 0);
    const errors = pointers.map((pointer) => ({ pointer, detail: expect.any(String) as string }));
    expect(scheduled).toEqual({ ok: false, refusal: { code: 'VALIDATION_FAILED', errors } });
  });
});
