import type { Order } from '@frontrow/application/use-cases/booking/get-order.ts';
import type { OrderFilter } from '@frontrow/application/ports/booking/orders.ts';
import type { ReservedPlaces } from '@frontrow/application/use-cases/halls/find-reserved-places.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_EVENT_MAX, SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { ticketStatus } from '../booking/entry-ticket-schema.ts';
import { presentReservation, reservation } from '../booking/reservation-schema.ts';
import { RESERVED_SEATS_EXAMPLE } from '../booking/reserved-seats-schema.ts';
import { EXAMPLE } from '../shared/examples.ts';
import {
  formatNullable,
  instant,
  instantInput,
  money,
  parseInstant,
  reason,
  reservationStatus,
  seatNumber,
  userId,
} from '../shared/fields.ts';
import { pageOf, pageQuery } from '../shared/paging.ts';

const example = {
  id: EXAMPLE.reservationId,
  userId: EXAMPLE.userId,
  concertId: EXAMPLE.concertId,
  eventId: EXAMPLE.eventId,
  seatNumbers: [7, 8],
  seats: RESERVED_SEATS_EXAMPLE,
  status: 'CONFIRMED',
  totalAmount: 240_000,
  complimentary: false,
  refundedSeats: [],
  refundedAmount: 0,
  holdExpiresAt: '2026-12-01T11:06:12.480Z',
  createdAt: '2026-12-01T11:01:12.480Z',
  paymentId: EXAMPLE.paymentId,
};

const orderFacts = reservation.extend({ userId });
export const order = orderFacts.meta({ id: 'Order', examples: [example] });

export const orderPage = pageOf(order).meta({
  id: 'OrderPage',
  examples: [{ items: [example], nextCursor: null }],
});

const historyEntry = z.object({
  kind: z.enum(['HELD', 'EXTENDED', 'REDUCED', 'CANCELLED', 'EXPIRED', 'PAID', 'GIVEN', 'REFUNDED']),
  at: instant,
  actor: userId.nullable().meta({ description: 'Null for the clock' }),
  reason: z.string().nullable(),
  amount: money.nullable().meta({ description: 'Of money that was moved, in whole won' }),
});

export const orderWithHistory = orderFacts
  .extend({
    history: z.array(historyEntry).meta({ description: 'Oldest first' }),
    tickets: z
      .array(z.object({ seatNumber, status: ticketStatus, checkedInAt: instant.nullable() }))
      .meta({ description: 'One for each seat that was paid or given. Only the user gets the codes' }),
  })
  .meta({
    id: 'OrderWithHistory',
    examples: [
      {
        ...example,
        history: [
          { kind: 'HELD', at: example.createdAt, actor: EXAMPLE.userId, reason: null, amount: null },
          {
            kind: 'PAID',
            at: '2026-12-01T11:02:03.015Z',
            actor: EXAMPLE.userId,
            reason: null,
            amount: 240_000,
          },
        ],
        tickets: [
          { seatNumber: 7, status: 'CHECKED_IN', checkedInAt: '2026-12-24T09:31:40.207Z' },
          { seatNumber: 8, status: 'VALID', checkedInAt: null },
        ],
      },
    ],
  });

export const givenSeats = z
  .strictObject({
    userId: userId.meta({ description: 'Who gets the seats: the `sub` of their access token' }),
    seatNumbers: z.array(seatNumber).min(1).max(SEATS_PER_RESERVATION_MAX),
    reason,
  })
  .meta({
    id: 'GivenSeats',
    examples: [{ userId: EXAMPLE.userId, seatNumbers: [1, 2], reason: 'The family of the singer' }],
  });

/** What narrows the list of an event's orders. */
export const orderQuery = pageQuery.extend({
  status: reservationStatus.optional(),
  userId: userId.optional().meta({ description: 'Only those of this user' }),
  seatNumber: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(SEATS_PER_EVENT_MAX)
    .optional()
    .meta({ description: 'Only those that have, or had, this seat' }),
  from: instantInput.optional().meta({ description: 'Only those created at this time or later' }),
  until: instantInput.optional().meta({ description: 'Only those created before this time' }),
});

export function readOrderFilter(query: z.output<typeof orderQuery>): OrderFilter {
  const { status = null, userId: owner = null, seatNumber: seat = null, from, until } = query;
  return {
    status,
    userId: owner,
    seatNumber: seat,
    from: from === undefined ? null : parseInstant(from),
    until: until === undefined ? null : parseInstant(until),
  };
}

export function presentOrder(of: Reservation, places: ReservedPlaces): z.output<typeof order> {
  return { ...presentReservation(of, places), userId: of.userId };
}

export function presentOrderWithHistory(
  { reservation: of, history, tickets }: Order,
  places: ReservedPlaces,
): z.output<typeof orderWithHistory> {
  return {
    ...presentOrder(of, places),
    history: history.map((entry) => ({ ...entry, at: formatInstant(entry.at) })),
    tickets: tickets.map((ticket) => ({ ...ticket, checkedInAt: formatNullable(ticket.checkedInAt) })),
  };
}
