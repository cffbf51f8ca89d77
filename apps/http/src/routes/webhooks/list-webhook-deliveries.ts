import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { parsePageQuery, presentPage } from '../shared/paging.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { presentDelivery, webhookDeliveryPage, webhookDeliveryQuery } from './webhook-delivery-schema.ts';

export const listWebhookDeliveries: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/webhook-endpoints/:endpointId/deliveries',
    config: { identity: 'sales:read', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'listWebhookDeliveries',
      summary: 'List the deliveries to a webhook endpoint, newest message first',
      description: 'Pages by cursor. `status=FAILED` shows what the endpoint has missed.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      querystring: webhookDeliveryQuery,
      response: { 200: webhookDeliveryPage },
    },
    handler: async ({ params, query }, reply) => {
      const listed = await application.listWebhookDeliveries({
        endpointId: params.endpointId,
        status: query.status ?? null,
        page: parsePageQuery('webhook-deliveries', query),
      });
      if (!listed.ok) return sendRefusal(reply, listed.refusal);
      return reply.send(presentPage('webhook-deliveries', listed.value, presentDelivery));
    },
  });
