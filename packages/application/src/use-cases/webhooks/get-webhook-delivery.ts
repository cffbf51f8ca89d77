import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { DeliveryWithAttempts } from '../../ports/webhooks/webhook-deliveries.ts';

export type MessageOfEndpoint = { readonly endpointId: WebhookEndpointId; readonly messageId: string };
/** The delivery of one message with its body and its logged attempts. */
export type GetWebhookDelivery = (
  query: MessageOfEndpoint,
) => Promise<Result<DeliveryWithAttempts, NotFound>>;

export function createGetWebhookDelivery({
  webhookDeliveryReads,
}: Pick<Ports, 'webhookDeliveryReads'>): GetWebhookDelivery {
  return async ({ endpointId, messageId }) => {
    const delivery = await webhookDeliveryReads.find(endpointId, messageId);
    return delivery === null ? refuse(notFound('webhook message')) : ok(delivery);
  };
}
