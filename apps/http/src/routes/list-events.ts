import type { Page } from '@frontrow/application/ports/shared/page.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { sendRejection } from '../describe-rejection.ts';
import { oncePerObject } from '../once-per-object.ts';
import { sendShared, shareAnswer } from '../plugins/caching.ts';
import { eventPage, eventQuery, presentEvent } from '../schemas/event.ts';
import { presentPage, readPage } from '../schemas/page.ts';
import { concertParams } from '../schemas/params.ts';
import type { Route } from './route.ts';

const answerOf = oncePerObject((page: Page<ConcertEvent>) =>
  shareAnswer(presentPage('events', page, presentEvent)),
);

export const listEvents: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId/events',
    config: { identity: 'anyone', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listEvents',
      summary: 'List the dates of a concert by their start',
      tags: ['Concerts'],
      params: concertParams,
      querystring: eventQuery,
      response: { 200: eventPage },
    },
    handler: async (request, reply) => {
      const { params, query } = request;
      const listed = await application.listEvents({
        concertId: params.concertId,
        bookable: query.bookable === 'true',
        page: readPage('events', query),
      });
      if (!listed.ok) return sendRejection(reply, listed.refusal);
      return sendShared(request, reply, answerOf(listed.value));
    },
  });
