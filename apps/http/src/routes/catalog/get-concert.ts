import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { concertParams } from '../shared/path-params.ts';
import { sendShared, shareAnswer } from '../shared/shared-answer.ts';
import { concert, presentConcert } from './concert-schema.ts';

const answerOf = memoizeByObject((found: Concert) => shareAnswer(presentConcert(found)));

export const getConcert: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/concerts/:concertId',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getConcert',
      summary: 'Read one concert',
      description: 'Caches may keep the answer for a second.',
      tags: ['Concerts'],
      params: concertParams,
      response: { 200: concert },
    },
    handler: async (request, reply) => {
      const found = await application.getConcert(request.params.concertId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return sendShared(request, reply, answerOf(found.value));
    },
  });
