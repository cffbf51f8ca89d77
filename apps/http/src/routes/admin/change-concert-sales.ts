import { sendRefusal } from '../../problems/describe-refusal.ts';
import { concert, presentConcert } from '../catalog/concert-schema.ts';
import { parseSales, salesChange } from '../catalog/sales-schema.ts';
import type { Route } from '../route.ts';
import { withEntityTag } from '../shared/entity-tag.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { concertParams } from '../shared/path-params.ts';

export const changeConcertSales: Route = (app, { application }) =>
  app.route({
    method: 'PUT',
    url: '/v1/admin/concerts/:concertId/sales',
    config: { identity: 'sales:write', problems: ['NOT_FOUND'], answerHeaders: { ETag: 'The new version' } },
    schema: {
      operationId: 'changeConcertSales',
      summary: 'Stop or resume the sales of a concert, every date included',
      description:
        'From the answer on, no instance accepts a hold, an extension or a payment that it has not begun. ' +
        'Overrides the sales of each date. Repeating the request changes nothing.',
      tags: ['Admin'],
      params: concertParams,
      body: salesChange,
      response: { 200: concert },
    },
    handler: async (request, reply) => {
      const changed = await application.changeConcertSales({
        ...request.params,
        sales: parseSales(request.body),
        by: adminRequestOf(request),
      });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return withEntityTag(reply, changed.value).send(presentConcert(changed.value));
    },
  });
