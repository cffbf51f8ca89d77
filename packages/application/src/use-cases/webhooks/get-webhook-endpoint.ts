import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetWebhookEndpoint = (
  endpointId: WebhookEndpointId,
) => Promise<Result<WebhookEndpoint, NotFound>>;

export function createGetWebhookEndpoint({
  webhookEndpointReads,
}: Pick<Ports, 'webhookEndpointReads'>): GetWebhookEndpoint {
  return async (endpointId) => {
    const endpoint = await webhookEndpointReads.find(endpointId);
    return endpoint === null ? refuse(notFound('webhook endpoint')) : ok(endpoint);
  };
}
