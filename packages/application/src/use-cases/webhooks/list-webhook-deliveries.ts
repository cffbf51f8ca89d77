import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Delivery, DeliveryStatus } from '../../ports/webhooks/webhook-deliveries.ts';

export type ListWebhookDeliveriesQuery = {
  readonly endpointId: WebhookEndpointId;
  /** Null for every status. */
  readonly status: DeliveryStatus | null;
  readonly page: PageRequest;
};
/** Newest message first. */
export type ListWebhookDeliveries = (
  query: ListWebhookDeliveriesQuery,
) => Promise<Result<Page<Delivery>, NotFound>>;

type ListPorts = Pick<Ports, 'webhookEndpointReads' | 'webhookDeliveryReads'>;

export function createListWebhookDeliveries(ports: ListPorts): ListWebhookDeliveries {
  const { webhookEndpointReads, webhookDeliveryReads } = ports;
  return async ({ endpointId, status, page }) => {
    if ((await webhookEndpointReads.find(endpointId)) === null) return refuse(notFound('webhook endpoint'));
    return ok(await webhookDeliveryReads.list(endpointId, page, status));
  };
}
