import { sendRefusal } from '../../problems/describe-refusal.ts';
import type { Route } from '../route.ts';
import { adminRequestOf } from '../shared/admin-request.ts';
import { noBody } from '../shared/fields.ts';
import { webhookEndpointParams } from '../shared/path-params.ts';
import { presentWithSecret, webhookEndpointWithSecret } from './webhook-endpoint-schema.ts';

export const rotateWebhookSecret: Route = (app, { application }) =>
  app.route({
    method: 'POST',
    url: '/v1/admin/webhook-endpoints/:endpointId/rotate-secret',
    config: { identity: 'admin', problems: ['NOT_FOUND', 'WEBHOOKS_NOT_CONFIGURED'] },
    schema: {
      operationId: 'rotateWebhookSecret',
      summary: 'Replace the secret of a webhook endpoint; the answer alone shows the new one',
      description:
        'The old secret signs beside the new one for 24 hours: `webhook-signature` has both signatures.',
      tags: ['Webhooks'],
      params: webhookEndpointParams,
      body: noBody,
      response: { 200: webhookEndpointWithSecret },
    },
    handler: async (request, reply) => {
      const by = adminRequestOf(request);
      const rotated = await application.rotateWebhookSecret({ ...request.params, by });
      if (!rotated.ok) return sendRefusal(reply, rotated.refusal);
      return reply.send(presentWithSecret(rotated.value));
    },
  });
