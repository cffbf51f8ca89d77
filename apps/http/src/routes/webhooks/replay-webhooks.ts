import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { parseInstant } from '../shared/fields.ts';
import { parseCursor, presentCursor } from '../shared/paging.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { webhookReplay, webhookReplayed } from './webhook-delivery-schema.ts';

export const replayWebhooks: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/webhook-endpoints/:endpointId/replay',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'replayWebhooks',
      summary: 'Send the messages of a range again',
      description:
        'Covers the stored messages of the last 30 days whose types the endpoint asks for, delivered or not, by `occurredAt` from `from` (included) to `to` (excluded). One request makes at most 1,000 messages due; repeat it with `cursor` until `nextCursor` is null.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      body: webhookReplay,
      response: { 202: webhookReplayed },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const by = adminRequestOf(request);
      const replayed = await application.replayWebhooks({
        endpointId: params.endpointId,
        from: parseInstant(body.from),
        to: parseInstant(body.to),
        cursor: parseCursor('webhook-replay', body.cursor, '/cursor'),
        by,
      });
      if (!replayed.ok) return sendRefusal(reply, replayed.refusal);
      const { messageCount, nextCursor } = replayed.value;
      return reply.code(202).send({ messageCount, nextCursor: presentCursor('webhook-replay', nextCursor) });
    },
  });
