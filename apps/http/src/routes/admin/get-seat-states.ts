import { sendRefusal } from '../../problems/describe-refusal.ts';
import { seatStates } from '../booking/seat-states-schema.ts';
import { sendSeatStates } from '../booking/send-seat-states.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';

export const getSeatStates: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/seats',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getSeatStates',
      summary: 'Read the states of the seats of a date',
      description:
        'The compact form of the seat map, without a ticket, at any time and for a date of any visibility. A seat whose ' +
        'hold has lapsed is AVAILABLE. Compressed with gzip on request.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: seatStates },
    },
    handler: async (request, reply) => {
      const read = await application.getSeatStates(request.params.eventId);
      return read.ok ? sendSeatStates(request, reply, read.value) : sendRefusal(reply, read.refusal);
    },
  });
