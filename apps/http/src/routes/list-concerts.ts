import { cacheable } from '../plugins/caching.ts';
import { concertPage, presentConcert } from '../schemas/concert.ts';
import { pageQuery, presentPage, readPage } from '../schemas/page.ts';
import type { Route } from './route.ts';

export const listConcerts: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts',
    config: { identity: 'anyone' },
    schema: {
      operationId: 'listConcerts',
      summary: 'List the concerts, oldest first',
      tags: ['Concerts'],
      querystring: pageQuery,
      response: { 200: concertPage },
    },
    handler: async ({ query }, reply) => {
      const page = await application.listConcerts(readPage('concerts', query));
      return cacheable(reply).send(presentPage('concerts', page, presentConcert));
    },
  });
