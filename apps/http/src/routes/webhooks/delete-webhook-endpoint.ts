import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noContent } from '../shared/fields.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';

export const deleteWebhookEndpoint: Route = (app, { application }) =>
  app.route({
    method: 'DELETE',
    url: '/v1/admin/webhook-endpoints/:endpointId',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'deleteWebhookEndpoint',
      summary: 'Delete a webhook endpoint',
      description: 'What is undelivered is not sent any more.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      response: { 204: noContent },
    },
    handler: async (request, reply) => {
      const by = adminRequestOf(request);
      const removed = await application.deleteWebhookEndpoint({ ...request.params, by });
      if (!removed.ok) return sendRefusal(reply, removed.refusal);
      return reply.code(204).send();
    },
  });
