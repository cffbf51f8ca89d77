import { sendRefusal } from '../../problems/describe-refusal.ts';
import { eventPage, presentEvent } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { concertParams } from '../shared/path-params.ts';

export const listAdminEvents: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts/:concertId/events',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listAdminEvents',
      summary: 'List the dates of a concert of any visibility, earliest first',
      description:
        'Each date has its own `salesState`, not that of its concert. Pages by cursor. Never cached.',
      tags: ['Admin'],
      params: concertParams,
      querystring: pageQuery,
      response: { 200: eventPage },
    },
    handler: async ({ params, query }, reply) => {
      const page = parsePageQuery('events', query);
      const listed = await application.readCatalog.events(params.concertId, page);
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return reply.send(presentPage('events', listed.value, presentEvent));
    },
  });
