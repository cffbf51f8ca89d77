import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { presentWebhookEndpoint, webhookEndpoint, webhookEndpointPatch } from './webhook-endpoint-schema.ts';

export const changeWebhookEndpoint: Route = (app, { application }) =>
  app.route({
    method: 'PATCH',
    url: '/v1/admin/webhook-endpoints/:endpointId',
    config: { identity: 'admin', problems: ['NOT_FOUND'] },
    schema: {
      operationId: 'changeWebhookEndpoint',
      summary: 'Change the named members of a webhook endpoint',
      description:
        '`enabled: true` also ends a FAILING or GONE state: what is still undelivered is due again.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      body: webhookEndpointPatch,
      response: { 200: webhookEndpoint },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const by = adminRequestOf(request);
      const { enabled, ...changes } = body;
      const changed = await application.changeWebhookEndpoint({
        endpointId: params.endpointId,
        changes,
        enabled,
        by,
      });
      if (!changed.ok) return sendRefusal(reply, changed.refusal);
      return reply.send(presentWebhookEndpoint(changed.value));
    },
  });
