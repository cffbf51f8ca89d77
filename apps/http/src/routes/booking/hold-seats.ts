import type { Answer } from '@frontrow/application/shared/idempotently.ts';
import type { ReservedPlaces } from '@frontrow/application/use-cases/halls/find-reserved-places.ts';
import type { HeldReservation } from '@frontrow/domain/booking/reservation.ts';
import type { FastifyReply } from 'fastify';
import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { presentReservation, reservation } from './reservation-schema.ts';
import { requestedSeats, seatChoice } from './seat-choice-schema.ts';

function sendHeld(reply: FastifyReply, held: Answer<HeldReservation>, places: ReservedPlaces): void {
  const body = presentReservation(held.value, places);
  void markReplayed(reply, held).code(201).header('Location', `/v1/reservations/${body.id}`).send(body);
}

export const holdSeats: Route = (app, { application, outcomes }) =>
  app.route({
    method: 'POST',
    url: '/v1/reservations',
    config: {
      identity: 'user',
      countedAs: 'holds',
      queueToken: 'required',
      idempotencyKey: 'required',
      problems: [
        'NOT_FOUND',
        'QUEUE_TOKEN_NOT_ACTIVE',
        'EVENT_NOT_BOOKABLE',
        'SALES_STOPPED',
        'EVENT_CANCELLED',
        'TOO_MANY_SEATS',
        'ACCESSIBLE_SEATS_ONLY',
        'COMPANION_SEATS_EXCEEDED',
        'NO_MATCHING_SEATS',
        'ORPHAN_SEATS',
        'SEAT_UNAVAILABLE',
        'HOLD_LIMIT_EXCEEDED',
        'SEAT_LIMIT_EXCEEDED',
        'HOLDS_COOLING_DOWN',
      ],
      answerHeaders: { Location: 'The reservation' },
    },
    schema: {
      operationId: 'holdSeats',
      summary: 'Hold seats: all of them or none',
      description:
        'Needs an ACTIVE ticket of the concert. A user has one live hold per concert, at most `seatsPerUserMax` seats, ' +
        'and begins at most `unpaidHoldsMax` holds within `coolDownMs` that are not paid. ' +
        '`holdExpiresAt` is its end, by the clock of the database. `bestAvailable` in place of `seatNumbers` holds the best ' +
        'seats that are free: adjacent ones of one row.',
      tags: ['Reservations'],
      body: seatChoice,
      response: { 201: reservation },
    },
    async handler(request, reply) {
      const held = await application.holdSeats({
        userId: callerOf(request).userId,
        ticket: ticketOf(request),
        request: idempotentRequest(request),
        eventId: request.body.eventId,
        ...requestedSeats(request.body),
      });
      outcomes.hold(held);
      // The reply is not returned, which saves a promise for each contended request.
      if (held.ok) sendHeld(reply, held.value, await application.findReservedPlaces([held.value.value]));
      else sendRefusal(reply, held.refusal);
    },
  });
