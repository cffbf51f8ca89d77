import { sendRefusal } from '../../problems/describe-refusal.ts';
import { concert, presentConcert } from '../catalog/concert-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { concertParams } from '../shared/path-params.ts';

export const getAdminConcert: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/concerts/:concertId',
    config: {
      identity: 'sales:read',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'getAdminConcert',
      summary: 'Read a concert of any visibility, with its ETag',
      description: 'Never cached.',
      tags: ['Admin'],
      params: concertParams,
      response: { 200: concert },
    },
    handler: async ({ params }, reply) => {
      const found = await application.readCatalog.concert(params.concertId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return withEntityTag(reply, found.value).send(presentConcert(found.value));
    },
  });
