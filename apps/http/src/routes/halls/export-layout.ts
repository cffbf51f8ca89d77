import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { eventParams } from '../shared/path-params.ts';
import { sendJson } from '../shared/send-json.ts';
import { storedLayout } from './layout-schema.ts';

export const exportLayout: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/events/:eventId/layout',
    config: {
      identity: 'sales:read',
      problems: ['NOT_FOUND'],
      answerHeaders: { ETag: 'The version of the date, for If-Match' },
    },
    schema: {
      operationId: 'exportLayout',
      summary: 'Read the present layout of a date with the seats that the house blocks',
      description:
        'The answer is what the routes that create and replace dates and templates accept as a layout. A date without a ' +
        'layout has one row. Blocks of staff during the sale are not in it.',
      tags: ['Admin'],
      params: eventParams,
      response: { 200: storedLayout },
    },
    handler: async ({ params }, reply) => {
      const found = await application.exportLayout(params.eventId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      const { event, layout } = found.value;
      return sendJson(withEntityTag(reply, event), JSON.stringify(layout));
    },
  });
