import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { concertParams } from '../shared/path-params.ts';
import { policy, presentPolicy } from './policy-schema.ts';

export const getPolicy: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts/:concertId/policy',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getPolicy',
      summary: 'Read the admission and hold policy of a concert',
      description: 'Durations are in milliseconds.',
      tags: ['Admin'],
      params: concertParams,
      response: { 200: policy },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getPolicy(params.concertId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentPolicy(found.value));
    },
  });
