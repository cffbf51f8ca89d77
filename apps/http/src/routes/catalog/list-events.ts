import type { Page } from '@frontrow/application/ports/shared/page.ts';
import type { ListedEvent } from '@frontrow/application/use-cases/catalog/list-events.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { presentPage, parsePageQuery } from '../shared/paging.ts';
import { parseInstant } from '../shared/fields.ts';
import { concertParams } from '../shared/path-params.ts';
import { sendShared, shareAnswerByPart } from '../shared/shared-answer.ts';
import { listedEventPage, listedEventQuery, presentListedEvent } from './listed-event-schema.ts';

/** A client that has the same counts, of an earlier moment, gets 304. */
const answerOf = memoizeByObject((page: Page<ListedEvent>) => {
  const body = presentPage('upcoming-events', page, presentListedEvent);
  const items = body.items.map((item) => ({ ...item, availableAsOf: null }));
  return shareAnswerByPart(body, { ...body, items });
});

export const listEvents: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId/events',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listEvents',
      summary: 'List the dates of a concert, upcoming ones first',
      description:
        'Upcoming dates, earliest first, and then those that have begun, latest first. A date is upcoming until the minute ' +
        'of its start is over. The counts of the available seats are at most a second old. Pages by cursor: a page may have ' +
        'fewer items than `limit`, and the last page has no `nextCursor`. Caches may keep an answer for a second.',
      tags: ['Concerts'],
      params: concertParams,
      querystring: listedEventQuery,
      response: { 200: listedEventPage },
    },
    handler: async (request, reply) => {
      const { params, query } = request;
      const listed = await application.listEvents({
        concertId: params.concertId,
        bookable: query.bookable === true,
        from: query.from === undefined ? null : parseInstant(query.from),
        to: query.to === undefined ? null : parseInstant(query.to),
        page: parsePageQuery('upcoming-events', query),
      });
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return sendShared(request, reply, answerOf(listed.value));
    },
  });
