import type { Page } from '@frontrow/application/ports/shared/page.ts';
import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { pageQuery, presentPage, parsePageQuery } from '../shared/paging.ts';
import { sendShared, shareAnswer } from '../shared/shared-answer.ts';
import { concertPage, presentConcert } from './concert-schema.ts';

const answerOf = memoizeByObject((page: Page<Concert>) =>
  shareAnswer(presentPage('concerts', page, presentConcert)),
);

export const listConcerts: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true },
    schema: {
      operationId: 'listConcerts',
      summary: 'List the concerts, oldest first',
      description: 'Pages by cursor. Caches may keep an answer for a second.',
      tags: ['Concerts'],
      querystring: pageQuery,
      response: { 200: concertPage },
    },
    handler: async (request, reply) => {
      const page = await application.listConcerts(parsePageQuery('concerts', request.query));
      return sendShared(request, reply, answerOf(page));
    },
  });
