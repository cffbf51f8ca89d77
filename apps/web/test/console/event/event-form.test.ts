import { describe, expect, it } from 'vitest';
import { patchOf, textsOfEvent } from '../../../src/console/event/overview/event-form.ts';
import { phaseOf } from '../../../src/console/event/sales-phase.ts';

const EVENT = {
  id: 'e',
  concertId: 'c',
  venue: 'Olympic Hall',
  startsAt: '2026-12-24T10:00:00.000Z',
  timeZone: 'Asia/Seoul',
  reservationStartAt: '2026-12-01T11:00:00.000Z',
  reservationEndAt: '2026-12-24T09:00:00.000Z',
  refundUntil: '2026-12-23T10:00:00.000Z',
  seatCount: 50,
  price: 120_000,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  salesState: 'RUNNING',
  reason: null,
} as const;

describe('patchOf', () => {
  const before = textsOfEvent(EVENT);

  it('names only what has changed', () => {
    expect(patchOf(before, before)).toEqual({});
    expect(patchOf(before, { ...before, venue: 'Arena', price: '99000', seatCount: '60' })).toEqual({
      venue: 'Arena',
      price: 99_000,
      seatCount: 60,
    });
  });

  it('takes an emptied release of accessible seats for never', () => {
    const released = textsOfEvent({ ...EVENT, accessibleReleaseAt: '2026-12-20T00:00:00.000Z' });

    expect(patchOf(released, { ...released, accessibleReleaseAt: '' })).toEqual({
      accessibleReleaseAt: null,
    });
  });
});

const at = (now: string, event: Partial<typeof EVENT | { salesState: 'STOPPED' | 'CANCELLED' }> = {}) =>
  phaseOf({ ...EVENT, ...event }, { salesState: 'RUNNING' }, Date.parse(now));

describe('phaseOf', () => {
  it('follows the window of the sale', () => {
    expect(at('2026-12-01T10:59:59.999Z')).toBe('NOT_OPEN');
    expect(at('2026-12-01T11:00:00Z')).toBe('ON_SALE');
    expect(at('2026-12-24T09:00:00Z')).toBe('CLOSED');
  });

  it('says a stop and a cancellation before the window, and that of the date before that of the concert', () => {
    expect(at('2026-12-02T00:00:00Z', { salesState: 'STOPPED' })).toBe('STOPPED');
    expect(at('2026-12-02T00:00:00Z', { salesState: 'CANCELLED' })).toBe('CANCELLED');
    expect(phaseOf(EVENT, { salesState: 'STOPPED' }, Date.parse('2026-12-02T00:00:00Z'))).toBe(
      'CONCERT_STOPPED',
    );
  });
});
