import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { layoutTemplatePage, presentTemplate } from './layout-template-schema.ts';

export const listLayoutTemplates: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/layout-templates',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listLayoutTemplates',
      summary: 'List the layout templates, oldest first',
      description: 'Without the layouts. Pages by cursor.',
      tags: ['Admin'],
      querystring: pageQuery,
      response: { 200: layoutTemplatePage },
    },
    handler: async ({ query }, reply) => {
      const listed = await application.listLayoutTemplates(parsePageQuery('layout-templates', query));
      return reply.send(presentPage('layout-templates', listed, presentTemplate));
    },
  });
