import { concertPage, presentConcert, visibility } from '../catalog/concert-schema.ts';
import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';

export const listAdminConcerts: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listAdminConcerts',
      summary: 'List the concerts of every visibility, oldest first',
      description: 'Pages by cursor. Never cached.',
      tags: ['Admin'],
      querystring: pageQuery.extend({ visibility: visibility.optional() }),
      response: { 200: concertPage },
    },
    handler: async ({ query }, reply) => {
      const page = parsePageQuery('concerts', query);
      const listed = await application.readCatalog.concerts(page, query.visibility ?? null);
      return reply.send(presentPage('concerts', listed, presentConcert));
    },
  });
