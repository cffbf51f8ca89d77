import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { eventParams } from '../shared/path-params.ts';
import { checkInCounts, presentCheckInCounts } from './gate-check-in-schema.ts';

export const countCheckIns: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/check-ins',
    config: { identity: 'check-in', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'countCheckIns',
      summary: 'Count the entry tickets of a date, and those that were used',
      description: 'For the display of a gate.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: checkInCounts },
    },
    handler: async ({ params: { eventId } }, reply) => {
      const counts = await application.countCheckIns(eventId);
      if (!counts.ok) return sendRefusal(reply, counts.refusal);
      return reply.send(presentCheckInCounts(eventId, counts.value));
    },
  });
