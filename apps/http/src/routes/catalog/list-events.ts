import type { Page } from '@frontrow/application/ports/shared/page.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '../shared/memoize-by-object.ts';
import { presentPage, parsePageQuery } from '../shared/paging.ts';
import { concertParams } from '../shared/path-params.ts';
import { sendShared, shareAnswer } from '../shared/shared-answer.ts';
import { eventPage, eventQuery, presentEvent } from './event-schema.ts';

const answerOf = memoizeByObject((page: Page<ConcertEvent>) =>
  shareAnswer(presentPage('events', page, presentEvent)),
);

export const listEvents: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId/events',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listEvents',
      summary: 'List the dates of a concert, earliest first',
      description: 'Pages by cursor. Caches may keep an answer for a second.',
      tags: ['Concerts'],
      params: concertParams,
      querystring: eventQuery,
      response: { 200: eventPage },
    },
    handler: async (request, reply) => {
      const { params, query } = request;
      const listed = await application.listEvents({
        concertId: params.concertId,
        bookable: query.bookable === true,
        page: parsePageQuery('events', query),
      });
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return sendShared(request, reply, answerOf(listed.value));
    },
  });
