import { sendRefusal } from '../../problems/describe-refusal.ts';
import { event, presentEvent } from '../catalog/event-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { eventParams } from '../shared/path-params.ts';

export const getAdminEvent: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId',
    config: {
      identity: 'sales:read',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version, for If-Match' },
    },
    schema: {
      operationId: 'getAdminEvent',
      summary: 'Read a date of a concert of any visibility, with its ETag',
      description: 'Never cached.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: event },
    },
    handler: async ({ params }, reply) => {
      const found = await application.readCatalog.event(params.eventId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return withEntityTag(reply, found.value).send(presentEvent(found.value));
    },
  });
