import { sendRefusal } from '../../problems/describe-refusal.ts';
import { event, presentEvent } from '../catalog/event-schema.ts';
import { parseSales, salesChange } from '../catalog/sales-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { eventParams } from '../shared/path-params.ts';

export const changeEventSales: Route = (app, { application }) =>
  app.route({
    method: 'PUT',
    url: '/v1/admin/events/:eventId/sales',
    config: {
      identity: 'sales:write',
      problems: ['NOT_FOUND', 'EVENT_CANCELLED'],
      answerHeaders: { ETag: 'The new version' },
    },
    schema: {
      operationId: 'changeEventSales',
      summary: 'Stop or resume the sales of a date',
      description:
        'From the answer on, no instance accepts a hold, an extension or a payment that it has not begun. ' +
        'A stop of its concert comes before that of the date. Repeating the request changes nothing.',
      tags: ['Admin'],
      params: eventParams,
      body: salesChange,
      response: { 200: event },
    },
    handler: async (request, reply) => {
      const changed = await application.changeEventSales({
        ...request.params,
        sales: parseSales(request.body),
        by: adminRequestOf(request),
      });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return withEntityTag(reply, changed.value).send(presentEvent(changed.value));
    },
  });
