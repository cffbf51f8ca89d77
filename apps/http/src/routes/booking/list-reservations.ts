import { callerOf } from '../../plugins/authentication.ts';
import type { Route } from '../route.ts';
import { presentPage, parsePageQuery } from '../shared/paging.ts';
import {
  presentReservationWithEvent,
  reservationPage,
  reservationPageQuery,
} from './reservation-with-event-schema.ts';

export const listReservations: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/reservations',
    config: { identity: 'user', countedAs: 'reads' },
    schema: {
      operationId: 'listReservations',
      summary: "List the caller's reservations, newest first",
      description:
        'Pages by cursor, in every status. With expand=event, one call has all that a list of tickets shows.',
      tags: ['Reservations'],
      querystring: reservationPageQuery,
      response: { 200: reservationPage },
    },
    handler: async (request, reply) => {
      const page = parsePageQuery('reservations', request.query);
      const listed = await application.listReservations(callerOf(request).userId, page);
      const expanded = request.query.expand === 'event' ? listed.items : [];
      const events = await application.findReservedEvents(expanded);
      const places = await application.findReservedPlaces(listed.items);
      return reply.send(
        presentPage('reservations', listed, (each) => presentReservationWithEvent(each, places, events)),
      );
    },
  });
