import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';
import { eventDetails, presentEventDetails } from './event-details-schema.ts';

export const getEvent: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/events/:eventId',
    config: { identity: 'anyone', countedAs: 'catalog', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getEvent',
      summary: 'Read one date, with its concert and how many seats are available',
      description:
        'The count of the available seats is at most a second old. The date of a concert that is not public is not found.',
      tags: ['Concerts'],
      params: eventParams,
      response: { 200: eventDetails },
    },
    handler: async (request, reply) => {
      const found = await application.getEvent(request.params.eventId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentEventDetails(found.value));
    },
  });
