import type { Route } from '../route.ts';
import { pageQuery, parsePageQuery, presentPage } from '../shared/paging.ts';
import { presentWebhookEndpoint, webhookEndpointPage } from './webhook-endpoint-schema.ts';

export const listWebhookEndpoints: Route = (app, { application }) =>
  app.route({
    method: 'GET',
    url: '/v1/admin/webhook-endpoints',
    config: { identity: 'sales:read' },
    schema: {
      operationId: 'listWebhookEndpoints',
      summary: 'List the webhook endpoints, oldest first',
      description: 'Pages by cursor.',
      tags: ['Webhooks'],
      querystring: pageQuery,
      response: { 200: webhookEndpointPage },
    },
    handler: async ({ query }, reply) => {
      const listed = await application.listWebhookEndpoints(parsePageQuery('webhook-endpoints', query));
      return reply.send(presentPage('webhook-endpoints', listed, presentWebhookEndpoint));
    },
  });
