import { expect, it } from 'vitest';
import type { ConcertEvent } from '../../src/catalog/concert.ts';
import { SALES_RUNNING } from '../../src/catalog/sales.ts';
import { eventCancelled, eventChanged } from '../../src/webhooks/message.ts';

const NOW = Date.parse('2026-12-01T11:00:00.000Z');
const EVENT: ConcertEvent = {
  id: 'event',
  concertId: 'concert',
  venue: 'Hall',
  startsAt: NOW + 3_000,
  timeZone: 'Asia/Seoul',
  reservationStartAt: NOW,
  reservationEndAt: NOW + 2_000,
  refundUntil: NOW + 1_000,
  seatCount: 50,
  price: 1_000,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  sales: SALES_RUNNING,
  version: 1,
};
const IDS = { eventId: 'event', concertId: 'concert' };

it('tells the new values of the facts that changed, and no others', () => {
  const edited = { ...EVENT, startsAt: NOW + 4_000, price: 900, version: 2 };
  expect(eventChanged(EVENT, edited, NOW)).toEqual([
    {
      type: 'event.changed',
      subjectId: 'event',
      occurredAt: NOW,
      data: { ...IDS, changes: { startsAt: '2026-12-01T11:00:04.000Z', price: 900 } },
    },
  ]);
  const sales = { state: 'STOPPED', reason: null } as const;
  expect(eventChanged(EVENT, { ...EVENT, sales }, NOW)).toMatchObject([
    { data: { ...IDS, changes: { salesState: 'STOPPED' } } },
  ]);
});

it('tells nothing of a change that leaves every fact as it was', () => {
  expect(eventChanged(EVENT, { ...EVENT, version: 2 }, NOW)).toEqual([]);
});

it('tells the reason of a cancellation', () => {
  const cancelled = { ...EVENT, sales: { state: 'CANCELLED', reason: 'ill' } } as const;
  expect(eventCancelled(cancelled, NOW)).toEqual({
    type: 'event.cancelled',
    subjectId: 'event',
    occurredAt: NOW,
    data: { ...IDS, reason: 'ill' },
  });
});
