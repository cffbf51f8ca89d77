import { expect, it } from 'vitest';
import { type HeldReservation, type Reservation, confirm } from '../../src/booking/reservation.ts';
import { isLatestOf } from '../../src/payments/failed-payment.ts';

const HELD: HeldReservation = {
  status: 'HELD',
  id: 'reservation',
  userId: 'fan',
  concertId: 'concert',
  eventId: 'event',
  seatNumbers: [1, 2],
  totalAmount: 200,
  sequence: 1,
  createdAt: 0,
  holdExpiresAt: 100,
  extensions: 0,
};
const PAID = confirm(HELD, 'payment');
const lapsed: Reservation = { ...HELD, status: 'EXPIRED' };
const cancelled: Reservation = { ...HELD, status: 'CANCELLED' };
const refunded: Reservation = { ...PAID, refundedSeats: [1], refundedAmount: 100 };

it.each([
  ['a hold that is live', HELD, HELD, true, true],
  ['a hold that has lapsed and is not swept', HELD, lapsed, true, true],
  ['a hold that is swept', HELD, lapsed, false, false],
  ['a lapsed hold that is swept', lapsed, lapsed, false, true],
  ['a hold that is cancelled', HELD, cancelled, false, false],
  ['a hold that is paid', HELD, PAID, false, false],
  ['a paid reservation', PAID, PAID, false, true],
  ['a paid reservation that is refunded', PAID, refunded, false, false],
] as const)(
  'knows whether the refusal of %s is the latest',
  (_, refused, reservation, isStoredHeld, isLatest) => {
    expect(isLatestOf(refused, { reservation, isStoredHeld })).toBe(isLatest);
  },
);
