import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noBody } from '../shared/fields.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { webhookMessage } from './webhook-delivery-schema.ts';

export const sendWebhookTest: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/webhook-endpoints/:endpointId/test',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'sendWebhookTest',
      summary: 'Send a test message to a webhook endpoint',
      description:
        'The type is `webhook.test`. The message waits while the endpoint is disabled; its delivery shows the attempts.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      body: noBody,
      response: { 202: webhookMessage },
    },
    handler: async (request, reply) => {
      const by = adminRequestOf(request);
      const sent = await application.sendWebhookTest({ ...request.params, by });
      if (!sent.ok) return sendRefusal(reply, sent.refusal);
      return reply.code(202).send({ messageId: sent.value });
    },
  });
