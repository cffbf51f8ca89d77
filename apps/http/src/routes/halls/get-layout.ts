import type { FoundLayout } from '@frontrow/application/use-cases/halls/get-layout.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { memoizeByObject } from '@frontrow/application/shared/memoize-by-object.ts';
import { z } from 'zod';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { type CompressedAnswer, compressAnswer, sendCompressed } from '../shared/compressed-answer.ts';
import { COUNT_MAX } from '../shared/fields.ts';
import { eventParams } from '../shared/path-params.ts';
import { presentLayout, publicLayout } from './layout-schema.ts';

const layoutQuery = z.strictObject({
  version: z.coerce
    .number<string>()
    .int()
    .min(0)
    .max(COUNT_MAX)
    .optional()
    .meta({ description: 'The present version unless it is given', examples: [1] }),
});

/** The answers of a layout by event and version: an object of the layout may serve several dates. */
const answersOf = memoizeByObject<Layout, Map<string, Promise<CompressedAnswer>>>(() => new Map());

function answerOf(found: FoundLayout): Promise<CompressedAnswer> {
  const answers = answersOf(found.layout);
  const key = `${found.eventId}:${found.version}`;
  const answer = answers.get(key) ?? compressAnswer(presentLayout(found));
  answers.set(key, answer);
  return answer;
}

export const getLayout: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/events/:eventId/layout',
    config: { identity: 'anyone', countedAs: 'catalog', cacheable: true, problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getLayout',
      summary: 'Read how the seats of a date are arranged and what they cost',
      description:
        'A version never changes: caches may keep the answer for `version` for a year. Without `version`, they may keep it ' +
        'for a second. The numbers of a row follow each other from `firstNumber`. A date without a layout has the version ' +
        '0, one row and one category. Prices are of seats that become available; the seat map has the price of each seat.',
      tags: ['Concerts'],
      params: eventParams,
      querystring: layoutQuery,
      response: { 200: publicLayout },
    },
    handler: async (request, reply) => {
      const { version = null } = request.query;
      const found = await application.getLayout({ eventId: request.params.eventId, version });
      if (!found.ok) return sendRefusal(reply, found.refusal);
      // The layout of a date without one follows its price and its number of seats.
      const isImmutable = version !== null && version > 0;
      const cacheControl = isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=1';
      return sendCompressed(request, reply, await answerOf(found.value), cacheControl);
    },
  });
