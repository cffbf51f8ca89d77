import { callerOf } from '../../plugins/authentication.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { reservationParams } from '../shared/path-params.ts';
import {
  presentReservationWithEvent,
  reservationQuery,
  reservationWithEvent,
} from './reservation-with-event-schema.ts';

export const getReservation: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/reservations/:reservationId',
    config: { identity: 'user', countedAs: 'reads', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getReservation',
      summary: "Read one of the caller's reservations",
      description: 'A reservation of another user is not found.',
      tags: ['Reservations'],
      params: reservationParams,
      querystring: reservationQuery,
      response: { 200: reservationWithEvent },
    },
    handler: async (request, reply) => {
      const { reservationId } = request.params;
      const found = await application.getReservation({ userId: callerOf(request).userId, reservationId });
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const expanded = request.query.expand === 'event' ? [found.value] : [];
      const events = await application.findReservedEvents(expanded);
      const places = await application.findReservedPlaces([found.value]);
      return reply.send(presentReservationWithEvent(found.value, places, events));
    },
  });
