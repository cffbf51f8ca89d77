import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { concertParams } from '../shared/path-params.ts';
import { policy, policyPatch, presentPolicy } from './policy-schema.ts';

export const changePolicy: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/concerts/:concertId/policy',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'changePolicy',
      summary: 'Change the named members of a policy; existing holds and sessions keep theirs',
      description: 'Members that the body does not name stay as they are.',
      tags: ['Admin'],
      params: concertParams,
      body: policyPatch,
      response: { 200: policy },
    },
    handler: async ({ params, body }, reply) => {
      const { admission = {}, hold = {} } = body;
      const changed = await application.changePolicy({ concertId: params.concertId, admission, hold });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return reply.send(presentPolicy(changed.value));
    },
  });
