import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { concertParams } from '../shared/path-params.ts';
import { policy, policyPatch, presentPolicy, readPresale } from './policy-schema.ts';

export const changePolicy: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/concerts/:concertId/policy',
    config: { identity: 'sales:write', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'changePolicy',
      summary: 'Change the named members of a policy; existing holds and sessions keep theirs',
      description: 'Members that the body does not name stay as they are.',
      tags: ['Admin'],
      params: concertParams,
      body: policyPatch,
      response: { 200: policy },
    },
    handler: async (request, reply) => {
      const { concertId } = request.params;
      const { admission = {}, hold = {} } = request.body;
      const changed = await application.changePolicy({
        concertId,
        admission,
        hold,
        presale: readPresale(request.body),
        by: adminRequestOf(request),
      });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return reply.send(presentPolicy(changed.value));
    },
  });
