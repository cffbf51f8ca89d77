import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noContent } from '../shared/fields.ts';
import { queuedUserParams } from '../shared/path-params.ts';

export const removeFromQueue: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/admin/concerts/:concertId/waiting-room/users/:userId',
    config: { identity: 'sales:write', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'removeFromQueue',
      summary: "End a user's place; 204 also without a place",
      description: 'The place ends as LEFT, and its ticket with it. A live hold of the user stays.',
      tags: ['Admin'],
      params: queuedUserParams,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const removed = await application.removeFromQueue({ ...request.params, by: adminRequestOf(request) });
      if (!removed.ok) return sendRefusal(reply, removed.refusal);
      return reply.code(204).send();
    },
  });
