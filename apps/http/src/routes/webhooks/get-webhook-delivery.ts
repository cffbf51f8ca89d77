import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { webhookMessageParams } from '../shared/path-params.ts';
import { presentDeliveryWithAttempts, webhookDelivery } from './webhook-delivery-schema.ts';

export const getWebhookDelivery: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/webhook-endpoints/:endpointId/deliveries/:messageId',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getWebhookDelivery',
      summary: 'Read the delivery of a message with its body and its attempts',
      description: 'Attempts are logged for 30 days.',
      tags: ['Webhooks'],
      params: webhookMessageParams,
      response: { 200: webhookDelivery },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getWebhookDelivery(params);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentDeliveryWithAttempts(found.value));
    },
  });
