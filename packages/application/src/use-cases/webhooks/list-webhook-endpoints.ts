import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

/** Oldest first. */
export type ListWebhookEndpoints = (page: PageRequest) => Promise<Page<WebhookEndpoint>>;

export function createListWebhookEndpoints({
  webhookEndpointReads,
}: Pick<Ports, 'webhookEndpointReads'>): ListWebhookEndpoints {
  return (page) => webhookEndpointReads.list(page);
}
