import type { Page } from '@frontrow/application/ports/shared/page.ts';
import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { presentPage, parsePageQuery } from '../shared/paging.ts';
import { sendShared, shareAnswer } from '../shared/shared-answer.ts';
import { concertPage, concertQuery, presentConcert } from './concert-schema.ts';

const answerOf = memoizeByObject((page: Page<Concert>) =>
  shareAnswer(presentPage('upcoming-concerts', page, presentConcert)),
);

export const listConcerts: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true },
    schema: {
      operationId: 'listConcerts',
      summary: 'List the concerts, those with an upcoming date first',
      description:
        'Concerts with an upcoming date, oldest first, and then the others. A search compares without case and accents, and ' +
        'finds parts of words. Pages by cursor: a page may have fewer items than `limit`, even none, and the last page has no ' +
        '`nextCursor`. Caches may keep an answer for a second.',
      tags: ['Concerts'],
      querystring: concertQuery,
      response: { 200: concertPage },
    },
    handler: async (request, reply) => {
      const { q = null, bookable = false } = request.query;
      const pageRequest = parsePageQuery('upcoming-concerts', request.query);
      const page = await application.listConcerts({ ...pageRequest, q, bookable });
      return sendShared(request, reply, answerOf(page));
    },
  });
