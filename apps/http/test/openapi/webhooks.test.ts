import {
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_TEST_TYPE,
  paymentCompleted,
  reservationCancelled,
  reservationExpired,
  reservationHeld,
  webhookTest,
} from '@frontrow/domain/webhooks/message.ts';
import type { ConfirmedReservation } from '@frontrow/domain/booking/reservation.ts';
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

it.each([
  reservationHeld(RESERVATION),
  reservationExpired(RESERVATION),
  reservationCancelled(RESERVATION, NOW),
  paymentCompleted(PAYMENT, RESERVATION),
  webhookTest('endpoint', NOW),
])('$type has the documented members and no others', ({ type, data }) => {
  expect(WEBHOOKS[type].data.safeParse(data)).toMatchObject({ success: true });
});

it('documents every type with an example of its own schema', () => {
  expect(Object.keys(describeWebhooks())).toEqual([...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST_TYPE]);
  for (const { data, example } of Object.values(WEBHOOKS)) expect(data.safeParse(example).success).toBe(true);
});
