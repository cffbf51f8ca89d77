import { LAYOUT_BODY_BYTES_MAX } from '../../request-limits.ts';
import { sendRefusal } from '../../problems/describe-refusal.ts';
import { event, presentEvent } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch, withEntityTag } from '../shared/entity-tag.ts';
import { eventParams } from '../shared/path-params.ts';
import { layout } from './layout-schema.ts';

export const replaceLayout: Route = (app, { application }) =>
  app.route({
    method: 'PUT',
    url: '/v1/admin/events/:eventId/layout',
    bodyLimit: LAYOUT_BODY_BYTES_MAX,
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
      answerHeaders: { ETag: 'The new version of the date' },
    },
    schema: {
      operationId: 'replaceLayout',
      summary: 'Give a date the next version of its layout',
      description:
        'Needs the `ETag` of the date as `If-Match`. Seats are only added: block a seat that is no longer there. A held or ' +
        'sold seat keeps its number, section, row and label, and is not blocked; its price stays until it is available ' +
        'again. A seat whose block is the same as in the version before stays as staff have left it.',
      tags: ['Admin'],
      params: eventParams,
      headers: ifMatch,
      body: layout,
      response: { 200: event },
    },
    handler: async (request, reply) => {
      const replaced = await application.replaceLayout({
        eventId: request.params.eventId,
        expected: expectedVersions(request),
        layout: request.body,
        by: adminRequestOf(request),
      });
      if (!replaced.ok) return sendRefusal(reply, replaced.refusal);
      return withEntityTag(reply, replaced.value).send(presentEvent(replaced.value));
    },
  });
