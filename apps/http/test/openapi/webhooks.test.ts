import {
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_TEST_TYPE,
  eventCancelled,
  eventChanged,
  paymentCompleted,
  paymentFailed,
  reservationCancelled,
  reservationExpired,
  reservationHeld,
  roomSoldOut,
  webhookTest,
} from '@frontrow/domain/webhooks/message.ts';
import type { ConfirmedReservation } from '@frontrow/domain/booking/reservation.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import { expect, it } from 'vitest';
import { WEBHOOKS, describeWebhooks } from '../../src/openapi/webhooks.ts';

const NOW = Date.parse('2026-12-01T11:00:00.000Z');
const RESERVATION: ConfirmedReservation = {
  id: 'reservation',
  userId: 'fan',
  concertId: 'concert',
  eventId: 'event',
  seatNumbers: [7, 8],
  totalAmount: 240_000,
  sequence: 2 ** 40 + 1,
  createdAt: NOW,
  holdExpiresAt: NOW + 300_000,
  extensions: 0,
  status: 'CONFIRMED',
  complimentary: false,
  refundedSeats: [],
  refundedAmount: 0,
  paymentId: 'payment',
};
const PAYMENT = {
  id: 'payment',
  reservationId: 'reservation',
  userId: 'fan',
  amount: 240_000,
  balanceAfter: 60_000,
  paidAt: NOW,
};
const EVENT: ConcertEvent = {
  id: 'event',
  concertId: 'concert',
  venue: 'Hall',
  startsAt: NOW + 3,
  timeZone: 'Asia/Seoul',
  reservationStartAt: NOW,
  reservationEndAt: NOW + 2,
  refundUntil: NOW + 1,
  seatCount: 50,
  price: 1_000,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  sales: SALES_RUNNING,
  version: 1,
};
const EDITED: ConcertEvent = {
  ...EVENT,
  venue: 'Arena',
  startsAt: NOW + 8,
  timeZone: 'Europe/Berlin',
  reservationStartAt: NOW + 5,
  reservationEndAt: NOW + 7,
  refundUntil: NOW + 6,
  seatCount: 60,
  price: 900,
  layoutVersion: 0,
  accessibleReleaseAt: null,
  sales: { state: 'STOPPED', reason: 'The price is wrong.' },
};
const FAILED = {
  id: 'failed payment',
  reservationId: 'reservation',
  userId: 'fan',
  amount: 240_000,
  failureCode: 'INSUFFICIENT_BALANCE',
  failedAt: NOW,
} as const;

it.each([
  reservationHeld(RESERVATION),
  reservationExpired(RESERVATION),
  reservationCancelled(RESERVATION, NOW),
  paymentCompleted(PAYMENT, RESERVATION),
  ...eventChanged(EVENT, EDITED, NOW),
  eventCancelled(EVENT, NOW),
  paymentFailed(FAILED, RESERVATION),
  roomSoldOut('concert', NOW),
  webhookTest('endpoint', NOW),
])('$type has the documented members and no others', ({ type, data }) => {
  expect(WEBHOOKS[type].data.safeParse(data)).toMatchObject({ success: true });
});

it('documents every type with an example of its own schema', () => {
  expect(Object.keys(describeWebhooks())).toEqual([...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST_TYPE]);
  for (const { data, example } of Object.values(WEBHOOKS)) expect(data.safeParse(example).success).toBe(true);
});
