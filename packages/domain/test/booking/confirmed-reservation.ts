import type { ConfirmedReservation } from '../../src/booking/reservation.ts';

/** Three seats, paid for, none of them refunded. */
export const CONFIRMED: ConfirmedReservation = {
  status: 'CONFIRMED',
  id: 'r1',
  userId: 'u1',
  concertId: 'c1',
  eventId: 'e1',
  seatNumbers: [3, 5, 8],
  totalAmount: 350,
  sequence: 2 ** 40 + 1,
  createdAt: 0,
  holdExpiresAt: 1_000,
  extensions: 0,
  paymentId: 'p1',
  complimentary: false,
  refundedSeats: [],
  refundedAmount: 0,
};
