import type { ReservedPlaces } from '@frontrow/application/use-cases/halls/find-reserved-places.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { id, instant, orderTotal, reservationStatus, seatNumber } from '../shared/fields.ts';
import { RESERVED_SEATS_EXAMPLE, presentReservedSeats, reservedSeat } from './reserved-seats-schema.ts';

export const reservationExample = {
  id: EXAMPLE.reservationId,
  concertId: EXAMPLE.concertId,
  eventId: EXAMPLE.eventId,
  seatNumbers: [7, 8],
  seats: RESERVED_SEATS_EXAMPLE,
  status: 'HELD',
  totalAmount: 240_000,
  holdExpiresAt: '2026-12-01T11:06:12.480Z',
  createdAt: '2026-12-01T11:01:12.480Z',
  paymentId: null,
  complimentary: false,
  refundedSeats: [],
  refundedAmount: 0,
};

export const reservation = z
  .object({
    id,
    concertId: id,
    eventId: id,
    seatNumbers: z.array(seatNumber).meta({ description: 'Ascending' }),
    seats: z
      .array(reservedSeat)
      .nullable()
      .meta({ description: 'Where the seats are, in the present layout; null for a date without a layout' }),
    status: reservationStatus,
    totalAmount: orderTotal,
    holdExpiresAt: instant,
    createdAt: instant,
    paymentId: id.nullable().meta({ description: 'Null unless it was paid' }),
    complimentary: z.boolean().meta({ description: 'Whether staff have given the seats for nothing' }),
    refundedSeats: z
      .array(seatNumber)
      .meta({ description: 'Those of its seats that were refunded, ascending' }),
    refundedAmount: orderTotal.meta({
      description: 'The part of the total that was paid back, in whole won',
    }),
  })
  .meta({ id: 'Reservation', examples: [reservationExample] });

export const keptSeats = z
  .strictObject({
    seatNumbers: z
      .array(seatNumber)
      .min(1)
      .max(SEATS_PER_RESERVATION_MAX)
      .meta({ description: 'The seats of the reservation that remain' }),
  })
  .meta({ id: 'KeptSeats', examples: [{ seatNumbers: [7] }] });

export function presentReservation(of: Reservation, places: ReservedPlaces): z.output<typeof reservation> {
  return {
    id: of.id,
    concertId: of.concertId,
    eventId: of.eventId,
    seatNumbers: [...of.seatNumbers],
    seats: presentReservedSeats(of.seatNumbers, places.get(of.eventId)),
    status: of.status,
    totalAmount: of.totalAmount,
    holdExpiresAt: formatInstant(of.holdExpiresAt),
    createdAt: formatInstant(of.createdAt),
    paymentId: 'paymentId' in of ? of.paymentId : null,
    complimentary: 'complimentary' in of && of.complimentary,
    refundedSeats: 'refundedSeats' in of ? [...of.refundedSeats] : [],
    refundedAmount: 'refundedAmount' in of ? of.refundedAmount : 0,
  };
}
