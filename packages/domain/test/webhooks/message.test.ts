import { expect, it } from 'vitest';
import type { ConfirmedReservation } from '../../src/booking/reservation.ts';
import {
  paymentCompleted,
  paymentFailed,
  reservationCancelled,
  reservationExpired,
  reservationHeld,
  roomSoldOut,
  toMessage,
  webhookTest,
} from '../../src/webhooks/message.ts';
import { seatNumbersOf, withSeats } from '../../src/webhooks/message-seats.ts';

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
  paidAt: NOW + 60_000,
};
const FAILED = {
  id: 'failed payment',
  reservationId: 'reservation',
  userId: 'fan',
  amount: 240_000,
  failureCode: 'INSUFFICIENT_BALANCE',
  failedAt: NOW + 30_000,
} as const;
/** Ids and amounts, and nothing else: no sequence, no balance. */
const DATA = {
  reservationId: 'reservation',
  concertId: 'concert',
  eventId: 'event',
  userId: 'fan',
  seatNumbers: [7, 8],
  seats: null,
  totalAmount: 240_000,
  currency: 'KRW',
};

it.each([
  [
    reservationHeld(RESERVATION),
    'reservation.held',
    NOW,
    { ...DATA, holdExpiresAt: '2026-12-01T11:05:00.000Z' },
  ],
  [reservationExpired(RESERVATION), 'reservation.expired', NOW + 300_000, DATA],
  [reservationCancelled(RESERVATION, NOW + 5_000), 'reservation.cancelled', NOW + 5_000, DATA],
  [
    paymentCompleted(PAYMENT, RESERVATION),
    'payment.completed',
    NOW + 60_000,
    { ...DATA, paymentId: 'payment', complimentary: false },
  ],
  [
    paymentFailed(FAILED, RESERVATION),
    'payment.failed',
    NOW + 30_000,
    { ...DATA, paymentId: 'failed payment', failureCode: 'INSUFFICIENT_BALANCE' },
  ],
])('has exactly the documented data: %#', (fact, type, occurredAt, data) => {
  expect(fact).toEqual({ type, subjectId: 'reservation', occurredAt, data });
});

it('tells of a sell-out by the concert and the moment, and nothing else', () => {
  expect(roomSoldOut('concert', NOW)).toEqual({
    type: 'room.sold_out',
    subjectId: 'concert',
    occurredAt: NOW,
    data: { concertId: 'concert', asOf: '2026-12-01T11:00:00.000Z' },
  });
});

it('becomes a message with a body of type, timestamp and data', () => {
  const message = toMessage('id', reservationExpired(RESERVATION));
  expect(message).toMatchObject({ id: 'id', type: 'reservation.expired', endpointId: null });
  expect(JSON.parse(message.body)).toEqual({
    type: 'reservation.expired',
    timestamp: '2026-12-01T11:05:00.000Z',
    data: DATA,
  });
  expect(toMessage('id', webhookTest('endpoint', NOW))).toMatchObject({
    type: 'webhook.test',
    endpointId: 'endpoint',
    body: '{"type":"webhook.test","timestamp":"2026-12-01T11:00:00.000Z","data":{"endpointId":"endpoint"}}',
  });
});

it('takes the places of its seats, and changes in nothing else', () => {
  const message = toMessage('id', reservationHeld(RESERVATION));
  const seats = [7, 8].map((number) => ({
    number,
    section: 'Parterre',
    row: 'A',
    label: `${number}`,
    category: 'front',
  }));
  const { body, ...rest } = withSeats(message, seats);
  const { body: before, ...unchanged } = message;
  expect(rest).toEqual(unchanged);
  expect(JSON.parse(body)).toEqual({
    ...JSON.parse(before),
    data: { ...DATA, seats, holdExpiresAt: '2026-12-01T11:05:00.000Z' },
  });
  expect(seatNumbersOf(message)).toEqual({ eventId: 'event', seatNumbers: [7, 8] });
  expect(seatNumbersOf(toMessage('id', roomSoldOut('concert', NOW)))).toBeNull();
});
