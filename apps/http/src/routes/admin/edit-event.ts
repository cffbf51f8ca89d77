import { sendRefusal } from '../../problems/describe-refusal.ts';
import { event, eventPatch, parseEventPatch, presentEvent } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { IF_MATCH_PROBLEMS, expectedVersions, ifMatch, withEntityTag } from '../shared/entity-tag.ts';
import { eventParams } from '../shared/path-params.ts';

export const editEvent: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/events/:eventId',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', ...IF_MATCH_PROBLEMS],
      answerHeaders: { ETag: 'The new version' },
    },
    schema: {
      operationId: 'editEvent',
      summary: 'Change the named facts of a date; live holds and sold seats keep their prices',
      description:
        'Needs the `ETag` that was read as `If-Match`. `price` is of every seat that is neither held nor sold, and of the ' +
        'others once they are available again. `seatCount` only grows.',
      tags: ['Admin'],
      params: eventParams,
      headers: ifMatch,
      body: eventPatch,
      response: { 200: event },
    },
    handler: async (request, reply) => {
      const edited = await application.editEvent({
        eventId: request.params.eventId,
        expected: expectedVersions(request),
        changes: parseEventPatch(request.body),
        by: adminRequestOf(request),
      });
      if (!edited.ok) return sendRefusal(reply, edited.refusal);
      return withEntityTag(reply, edited.value).send(presentEvent(edited.value));
    },
  });
