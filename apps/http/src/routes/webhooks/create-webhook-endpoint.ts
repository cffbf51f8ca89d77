import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import {
  newWebhookEndpoint,
  presentWithSecret,
  webhookEndpointWithSecret,
} from './webhook-endpoint-schema.ts';

export const createWebhookEndpoint: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/webhook-endpoints',
    config: {
      identity: 'admin',
      problems: ['WEBHOOK_ENDPOINT_LIMIT', 'WEBHOOKS_NOT_CONFIGURED'],
      answerHeaders: { Location: 'The endpoint' },
    },
    schema: {
      operationId: 'createWebhookEndpoint',
      summary: 'Create a webhook endpoint; the answer alone shows its secret',
      description:
        'It receives what happens from a second later on. A repeated request creates another endpoint.',
      tags: ['Webhooks'],
      body: newWebhookEndpoint,
      response: { 201: webhookEndpointWithSecret },
    },
    handler: async (request, reply) => {
      const { body } = request;
      const { url, description = '', eventTypes } = body;
      const created = await application.createWebhookEndpoint({
        url,
        description,
        eventTypes,
        by: adminRequestOf(request),
      });
      if (!created.ok) return sendRefusal(reply, created.refusal);
      const { id } = created.value.endpoint;
      return reply
        .code(201)
        .header('Location', `/v1/admin/webhook-endpoints/${id}`)
        .send(presentWithSecret(created.value));
    },
  });
