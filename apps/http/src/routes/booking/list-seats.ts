import { z } from 'zod';
import { ticketOf } from '../../plugins/queue-token-guard.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';
import { MAP_EXAMPLE, seatMap, seatQuery, sendSeatMap } from './seat-schema.ts';
import { STATES_EXAMPLE, seatStates } from './seat-states-schema.ts';
import { sendSeatStates } from './send-seat-states.ts';

const seatsInEitherForm = z.union([seatMap, seatStates]).meta({ examples: [MAP_EXAMPLE, STATES_EXAMPLE] });

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
      description:
        'Needs an ACTIVE ticket of the concert. A seat whose hold has lapsed is AVAILABLE. The answer is from a read that ' +
        'began after the request. `format=compact` has a letter for each seat, and is compressed with gzip on request: ' +
        '50,000 seats take at most 15 KB.',
      tags: ['Seats'],
      params: eventParams,
      querystring: seatQuery,
      response: { 200: seatsInEitherForm },
    },
    async handler(request, reply) {
      const { format, ...filter } = request.query;
      const query = { eventId: request.params.eventId, ticket: ticketOf(request) };
      if (format === 'compact') {
        const read = await application.listSeatStates(query);
        return read.ok ? sendSeatStates(request, reply, read.value) : sendRefusal(reply, read.refusal);
      }
      const listed = await application.listSeats(query);
      return listed.ok ? sendSeatMap(reply, listed.value, filter) : sendRefusal(reply, listed.refusal);
    },
  });
