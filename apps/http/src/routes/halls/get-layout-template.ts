import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { layoutTemplateParams } from '../shared/path-params.ts';
import { sendJson } from '../shared/send-json.ts';
import { layoutTemplateWithLayout, presentTemplate } from './layout-template-schema.ts';

export const getLayoutTemplate: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/layout-templates/:layoutTemplateId',
    config: {
      identity: 'sales:read',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'getLayoutTemplate',
      summary: 'Read a layout template with its layout',
      description: '`layout` is what the routes that create and replace dates and templates accept.',
      tags: ['Admin'],
      params: layoutTemplateParams,
      response: { 200: layoutTemplateWithLayout },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getLayoutTemplate(params.layoutTemplateId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const { template, layout } = found.value;
      withEntityTag(reply, template);
      return sendJson(reply, JSON.stringify({ ...presentTemplate(template), layout }));
    },
  });
