import type {
  ValidationFailed,
  WebhookEndpointLimit,
  WebhooksNotConfigured,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import {
  WEBHOOK_ENDPOINTS_MAX,
  type WebhookEndpoint,
  checkWebhookUrl,
} from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { WantedTypes } from '../../webhooks/wanted-types.ts';

export type CreateWebhookEndpointCommand = Pick<WebhookEndpoint, 'url' | 'description' | 'eventTypes'> & {
  readonly by: AdminRequest;
};
/** The secret is shown once, here. */
export type EndpointWithSecret = { readonly endpoint: WebhookEndpoint; readonly secret: string };
export type CreateWebhookEndpoint = (
  command: CreateWebhookEndpointCommand,
) => Promise<Result<EndpointWithSecret, ValidationFailed | WebhookEndpointLimit | WebhooksNotConfigured>>;

type CreatePorts = Pick<Ports, 'transact' | 'ids' | 'clock' | 'newWebhookSecret' | 'webhookSender'>;

/** It takes no idempotency key, because a stored answer would contain the secret in plain text. */
export function createCreateWebhookEndpoint(
  { transact, ids, clock, newWebhookSecret, webhookSender }: CreatePorts,
  wantedTypes: WantedTypes,
): CreateWebhookEndpoint {
  return async ({ url, description, eventTypes, by }) => {
    if (newWebhookSecret === null) return refuse({ code: 'WEBHOOKS_NOT_CONFIGURED' });
    const checked = checkWebhookUrl(url, webhookSender.allowsPrivate);
    if (!checked.ok) return checked;
    const secret = newWebhookSecret();
    const endpoint: WebhookEndpoint = {
      id: ids.next(),
      url: checked.value,
      description,
      eventTypes,
      disabledReason: null,
      failingSince: null,
      createdAt: clock.now(),
    };
    const created = await transact<Result<EndpointWithSecret, WebhookEndpointLimit>>(
      async ({ webhookEndpoints, auditLog }) => {
        if ((await webhookEndpoints.count()) >= WEBHOOK_ENDPOINTS_MAX)
          return refuse({ code: 'WEBHOOK_ENDPOINT_LIMIT', endpointsMax: WEBHOOK_ENDPOINTS_MAX });
        await webhookEndpoints.add(endpoint, { current: secret, previous: null, previousUntil: null });
        await auditLog.append({ by, target: `webhook/${endpoint.id}`, before: null, after: endpoint });
        return ok({ endpoint, secret });
      },
      'STAFF',
    );
    wantedTypes.forget();
    return created;
  };
}
