import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';
import { seatMap, seatQuery, sendSeatMap } from './seat-schema.ts';

export const listSeats: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/events/:eventId/seats',
    config: {
      identity: 'user',
      countedAs: 'reads',
      queueToken: 'required',
      problems: ['NOT_FOUND', 'QUEUE_TOKEN_NOT_ACTIVE', 'EVENT_NOT_BOOKABLE'],
    },
    schema: {
      operationId: 'listSeats',
      summary: 'Read the current seat map of an event',
      description: 'Needs an ACTIVE ticket of the concert. A seat whose hold has lapsed is AVAILABLE.',
      tags: ['Seats'],
      params: eventParams,
      querystring: seatQuery,
      response: { 200: seatMap },
    },
    async handler(request, reply) {
      const { eventId } = request.params;
      const listed = await application.listSeats({ eventId, ticket: ticketOf(request) });
      if (listed.ok) sendSeatMap(reply, listed.value, request.query.status);
      else sendRefusal(reply, listed.refusal);
    },
  });
