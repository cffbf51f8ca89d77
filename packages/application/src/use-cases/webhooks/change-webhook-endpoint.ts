import { type NotFound, type ValidationFailed, notFound } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import {
  type WebhookEndpoint,
  checkWebhookUrl,
  disable,
  enable,
} from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { WantedTypes } from '../../webhooks/wanted-types.ts';

/** Changes only the members that it names. */
export type ChangeWebhookEndpointCommand = {
  readonly endpointId: WebhookEndpointId;
  readonly changes: Partial<Pick<WebhookEndpoint, 'url' | 'description' | 'eventTypes'>>;
  readonly enabled?: boolean | undefined;
  readonly by: AdminRequest;
};
export type ChangeWebhookEndpoint = (
  command: ChangeWebhookEndpointCommand,
) => Promise<Result<WebhookEndpoint, NotFound | ValidationFailed>>;

export function createChangeWebhookEndpoint(
  { transact, webhookSender }: Pick<Ports, 'transact' | 'webhookSender'>,
  wantedTypes: WantedTypes,
): ChangeWebhookEndpoint {
  return async ({ endpointId, changes, enabled, by }) => {
    if (changes.url !== undefined) {
      const checked = checkWebhookUrl(changes.url, webhookSender.allowsPrivate);
      if (!checked.ok) return checked;
      changes = { ...changes, url: checked.value };
    }
    const changed = await transact<Result<WebhookEndpoint, NotFound>>(
      async ({ webhookEndpoints, auditLog }) => {
        const locked = await webhookEndpoints.lock(endpointId);
        if (locked === null) return refuse(notFound('webhook endpoint'));
        let endpoint = { ...locked.endpoint, ...changes };
        if (enabled === true) endpoint = enable(endpoint);
        if (enabled === false) endpoint = disable(endpoint, 'BY_ORGANISER');
        await webhookEndpoints.save(endpoint);
        const [before, after] = [locked.endpoint, endpoint];
        await auditLog.append({ by, target: `webhook/${endpointId}`, before, after });
        return ok(endpoint);
      },
    );
    wantedTypes.forget();
    return changed;
  };
}
