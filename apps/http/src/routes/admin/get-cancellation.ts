import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';
import { cancellation, presentCancellation } from './cancellation-schema.ts';

export const getCancellation: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/cancellation',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getCancellation',
      summary: 'Read how far the refunds of a cancelled date are',
      description: '404 for a date that is not cancelled.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: cancellation },
    },
    handler: async (request, reply) => {
      const found = await application.getCancellation(request.params.eventId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentCancellation(found.value));
    },
  });
