import { sendRejection } from '../describe-rejection.ts';
import { cacheable } from '../plugins/caching.ts';
import { concert, presentConcert } from '../schemas/concert.ts';
import { concertParams } from '../schemas/params.ts';
import type { Route } from './route.ts';

export const getConcert: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId',
    config: { identity: 'anyone', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getConcert',
      summary: 'Read one concert',
      tags: ['Concerts'],
      params: concertParams,
      response: { 200: concert },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getConcert(params.concertId);
      if (!found.ok) return sendRejection(reply, found.refusal);
      return cacheable(reply).send(presentConcert(found.value));
    },
  });
