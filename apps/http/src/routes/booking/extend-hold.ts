import { callerOf } from '../../plugins/authentication.ts';
import { idempotentRequest, markReplayed } from '../../plugins/idempotency-key.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { noBody } from '../shared/fields.ts';
import { reservationParams } from '../shared/path-params.ts';
import { presentReservation, reservation } from './reservation-schema.ts';

export const extendHold: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/reservations/:reservationId/extend',
    config: {
      identity: 'user',
      countedAs: 'holds',
      idempotencyKey: 'required',
      problems: [
        'NOT_FOUND',
        'HOLD_EXPIRED',
        'RESERVATION_NOT_HELD',
        'EVENT_NOT_BOOKABLE',
        'SALES_STOPPED',
        'EVENT_CANCELLED',
        'EXTENSION_LIMIT_EXCEEDED',
      ],
    },
    schema: {
      operationId: 'extendHold',
      summary: 'Restart the time of a live hold',
      description: 'The policy of the concert says how often a hold may be extended.',
      tags: ['Reservations'],
      params: reservationParams,
      body: noBody,
      response: { 200: reservation },
    },
    handler: async (request, reply) => {
      const extended = await application.extendHold({
        userId: callerOf(request).userId,
        reservationId: request.params.reservationId,
        request: idempotentRequest(request),
      });
      if (!extended.ok) return sendRefusal(reply, extended.refusal);
      const places = await application.findReservedPlaces([extended.value.value]);
      markReplayed(reply, extended.value);
      return reply.send(presentReservation(extended.value.value, places));
    },
  });
