import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch } from '../shared/entity-tag.ts';
import { noContent } from '../shared/fields.ts';
import { layoutTemplateParams } from '../shared/path-params.ts';

export const deleteLayoutTemplate: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/admin/layout-templates/:layoutTemplateId',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
    },
    schema: {
      operationId: 'deleteLayoutTemplate',
      summary: 'Delete a layout template; dates keep their layouts',
      description: 'Needs the `ETag` that was read as `If-Match`.',
      tags: ['Admin'],
      params: layoutTemplateParams,
      headers: ifMatch,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const deleted = await application.deleteLayoutTemplate({
        ...request.params,
        expected: expectedVersions(request),
        by: adminRequestOf(request),
      });
      if (!deleted.ok) return sendRefusal(reply, deleted.refusal);
      return reply.code(204).send();
    },
  });
