import { sendRejection } from '../describe-rejection.ts';
import { callerOf } from '../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../plugins/idempotency-key.ts';
import { ticketOf } from '../plugins/queue-token-guard.ts';
import { presentReservation, reservation, seatChoice } from '../schemas/reservation.ts';
import type { Route } from './route.ts';

export const holdSeats: Route = (app, { application, outcomes }) =>
  app.route({
    method: 'POST',
    url: '/v1/reservations',
    config: {
      identity: 'user',
      queueToken: 'required',
      idempotencyKey: 'required',
      problems: [
        'NOT_FOUND',
        'QUEUE_TOKEN_NOT_ACTIVE',
        'EVENT_NOT_BOOKABLE',
        'TOO_MANY_SEATS',
        'SEAT_UNAVAILABLE',
        'HOLD_LIMIT_EXCEEDED',
      ],
      answerHeaders: { Location: 'The reservation' },
    },
    schema: {
      operationId: 'holdSeats',
      summary: 'Hold seats: all of them or none',
      tags: ['Reservations'],
      body: seatChoice,
      response: { 201: reservation },
    },
    handler: async (request, reply) => {
      const held = await application.holdSeats({
        userId: callerOf(request).userId,
        ticket: ticketOf(request),
        request: idempotentRequest(request),
        ...request.body,
      });
      outcomes.hold(held);
      if (!held.ok) return sendRejection(reply, held.refusal);
      const body = presentReservation(held.value.value);
      markReplayed(reply, held.value);
      return reply.code(201).header('Location', `/v1/reservations/${body.id}`).send(body);
    },
  });
