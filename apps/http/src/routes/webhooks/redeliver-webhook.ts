import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noBody } from '../shared/fields.ts';
import { webhookMessageParams } from '../shared/path-params.ts';
import { webhookMessage } from './webhook-delivery-schema.ts';

export const redeliverWebhook: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/webhook-endpoints/:endpointId/deliveries/:messageId/redeliver',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'redeliverWebhook',
      summary: 'Send one message again',
      description: 'The message is due at once, whatever its status, and begins a new schedule of attempts.',
      tags: ['Webhooks'],
      params: webhookMessageParams,
      body: noBody,
      response: { 202: webhookMessage },
    },
    handler: async (request, reply) => {
      const by = adminRequestOf(request);
      const redelivered = await application.redeliverWebhook({ ...request.params, by });
      if (!redelivered.ok) return sendRefusal(reply, redelivered.refusal);
      return reply.code(202).send({ messageId: request.params.messageId });
    },
  });
