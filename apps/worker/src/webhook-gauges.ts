import type { Ports } from '@frontrow/application/ports/ports.ts';
import { WEBHOOK_ENDPOINTS_MAX, type WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';

export type Reading = { readonly labels: Record<string, string>; readonly value: number };
export type RegisterGauge = (
  name: string,
  help: string,
  labelNames: string[],
  read: () => Promise<Reading[]>,
) => unknown;

type WebhookPorts = Pick<Ports, 'webhookEndpointReads' | 'webhookDeliveryReads'>;

export function registerWebhookGauges(
  gauge: RegisterGauge,
  { webhookEndpointReads, webhookDeliveryReads }: WebhookPorts,
): void {
  gauge(
    'frontrow_webhook_oldest_age_seconds',
    'Age of the oldest message that an enabled webhook endpoint has not received; 0 without one.',
    ['endpoint'],
    async () =>
      (await webhookDeliveryReads.listBacklogs()).map(({ endpointId: endpoint, oldestAgeMs }) => ({
        labels: { endpoint },
        value: oldestAgeMs / 1_000,
      })),
  );
  gauge(
    'frontrow_webhook_pending_deliveries',
    'Messages that an enabled webhook endpoint has not received; 10,000 stands for more.',
    ['endpoint'],
    async () =>
      (await webhookDeliveryReads.listBacklogs()).map(({ endpointId: endpoint, pendingCount }) => ({
        labels: { endpoint },
        value: pendingCount,
      })),
  );
  gauge(
    'frontrow_webhook_endpoints',
    'Webhook endpoints by state: healthy, failing, disabled_by_organiser or disabled_after_failures.',
    ['state'],
    async () => {
      const { items } = await webhookEndpointReads.list({ limit: WEBHOOK_ENDPOINTS_MAX, cursor: null });
      return STATES.map((state) => ({
        labels: { state },
        value: items.filter((endpoint) => stateOf(endpoint) === state).length,
      }));
    },
  );
}

const STATES = ['healthy', 'failing', 'disabled_by_organiser', 'disabled_after_failures'] as const;

function stateOf({ disabledReason, failingSince }: WebhookEndpoint): (typeof STATES)[number] {
  if (disabledReason === 'BY_ORGANISER') return 'disabled_by_organiser';
  if (disabledReason !== null) return 'disabled_after_failures';
  return failingSince === null ? 'healthy' : 'failing';
}
