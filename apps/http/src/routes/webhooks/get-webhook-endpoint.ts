import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { presentWebhookEndpoint, webhookEndpoint } from './webhook-endpoint-schema.ts';

export const getWebhookEndpoint: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/webhook-endpoints/:endpointId',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'getWebhookEndpoint',
      summary: 'Read a webhook endpoint',
      description: 'Its secret is not shown again.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      response: { 200: webhookEndpoint },
    },
    handler: async ({ params }, reply) => {
      const found = await application.getWebhookEndpoint(params.endpointId);
      if (!found.ok) return sendRefusal(reply, found.refusal);
      return reply.send(presentWebhookEndpoint(found.value));
    },
  });
