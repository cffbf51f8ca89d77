import { sendRefusal } from '../../problems/describe-refusal.ts';
import { LAYOUT_BODY_BYTES_MAX } from '../../request-limits.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch, withEntityTag } from '../shared/entity-tag.ts';
import { layoutTemplateParams } from '../shared/path-params.ts';
import { layoutTemplate, presentTemplate, replacedLayoutTemplate } from './layout-template-schema.ts';

export const replaceLayoutTemplate: Route = (app, { application }) =>
  app.route({
    method: 'PUT',
    url: '/v1/admin/layout-templates/:layoutTemplateId',
    bodyLimit: LAYOUT_BODY_BYTES_MAX,
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
      answerHeaders: { ETag: 'The new version' },
    },
    schema: {
      operationId: 'replaceLayoutTemplate',
      summary: 'Replace the name and the layout of a template; dates keep theirs',
      description: 'Needs the `ETag` that was read as `If-Match`. The name of another template is refused.',
      tags: ['Admin'],
      params: layoutTemplateParams,
      headers: ifMatch,
      body: replacedLayoutTemplate,
      response: { 200: layoutTemplate },
    },
    handler: async (request, reply) => {
      const replaced = await application.replaceLayoutTemplate({
        ...request.params,
        ...request.body,
        expected: expectedVersions(request),
        by: adminRequestOf(request),
      });
      if (!replaced.ok) return sendRefusal(reply, replaced.refusal);
      return withEntityTag(reply, replaced.value).send(presentTemplate(replaced.value));
    },
  });
