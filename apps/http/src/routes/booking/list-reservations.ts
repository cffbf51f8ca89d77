import { callerOf } from '../../plugins/authentication.ts';
import type { Route } from '../route.ts';
import { pageQuery, presentPage, parsePageQuery } from '../shared/paging.ts';
import { presentReservation, reservationPage } from './reservation-schema.ts';

export const listReservations: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/reservations',
    config: { identity: 'user', countedAs: 'reads' },
    schema: {
      operationId: 'listReservations',
      summary: "List the caller's reservations, newest first",
      description: 'Pages by cursor, in every status.',
      tags: ['Reservations'],
      querystring: pageQuery,
      response: { 200: reservationPage },
    },
    handler: async (request, reply) => {
      const page = parsePageQuery('reservations', request.query);
      const listed = await application.listReservations(callerOf(request).userId, page);
      return reply.send(presentPage('reservations', listed, presentReservation));
    },
  });
