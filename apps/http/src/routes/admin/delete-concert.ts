import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch } from '../shared/entity-tag.ts';
import { noContent } from '../shared/fields.ts';
import { concertParams } from '../shared/path-params.ts';

export const deleteConcert: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/admin/concerts/:concertId',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', 'HAS_RESERVATIONS', ...IF_MATCH_PROBLEMS],
    },
    schema: {
      operationId: 'deleteConcert',
      summary: 'Delete a concert none of whose seats was ever held or sold',
      description: 'Needs the `ETag` that was read as `If-Match`.',
      tags: ['Admin'],
      params: concertParams,
      headers: ifMatch,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const deleted = await application.deleteConcert({
        ...request.params,
        expected: expectedVersions(request),
        by: adminRequestOf(request),
      });
      if (!deleted.ok) return sendRefusal(reply, deleted.refusal);
      return reply.code(204).send();
    },
  });
