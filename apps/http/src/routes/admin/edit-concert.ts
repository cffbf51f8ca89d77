import { sendRefusal } from '../../problems/describe-refusal.ts';
import { concert, concertPatch, presentConcert } from '../catalog/concert-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch, withEntityTag } from '../shared/entity-tag.ts';
import { concertParams } from '../shared/path-params.ts';

export const editConcert: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/concerts/:concertId',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
      answerHeaders: { ETag: 'The new version' },
    },
    schema: {
      operationId: 'editConcert',
      summary: 'Change the named facts of a concert; only a PUBLISHED one is public',
      description:
        'Needs the `ETag` that was read as `If-Match`. An ARCHIVED or DRAFT concert is in no list, its room closes, and ' +
        'nobody holds its seats; its reservations stay readable, payable and refundable.',
      tags: ['Admin'],
      params: concertParams,
      headers: ifMatch,
      body: concertPatch,
      response: { 200: concert },
    },
    handler: async (request, reply) => {
      const edited = await application.editConcert({
        concertId: request.params.concertId,
        expected: expectedVersions(request),
        changes: request.body,
        by: adminRequestOf(request),
      });
      if (!edited.ok) return sendRefusal(reply, edited.refusal);
      return withEntityTag(reply, edited.value).send(presentConcert(edited.value));
    },
  });
