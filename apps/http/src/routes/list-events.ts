import { sendRejection } from '../describe-rejection.ts';
import { cacheable } from '../plugins/caching.ts';
import { eventPage, eventQuery, presentEvent } from '../schemas/event.ts';
import { presentPage, readPage } from '../schemas/page.ts';
import { concertParams } from '../schemas/params.ts';
import type { Route } from './route.ts';

export const listEvents: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId/events',
    config: { identity: 'anyone', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listEvents',
      summary: 'List the dates of a concert by their start',
      tags: ['Concerts'],
      params: concertParams,
      querystring: eventQuery,
      response: { 200: eventPage },
    },
    handler: async ({ params, query }, reply) => {
      const listed = await application.listEvents({
        concertId: params.concertId,
        bookable: query.bookable === 'true',
        page: readPage('events', query),
      });
      if (!listed.ok) return sendRejection(reply, listed.refusal);
      return cacheable(reply).send(presentPage('events', listed.value, presentEvent));
    },
  });
