import type { NotFound, ValidationFailed } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import {
  type WebhookEndpoint,
  checkWebhookUrl,
  disable,
  enable,
} from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { WantedTypes } from '../../webhooks/wanted-types.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';

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
    const changed = await withEndpoint(transact, endpointId, async (unit, { endpoint: before }) => {
      const { webhookEndpoints, auditLog } = unit;
      let after = { ...before, ...changes };
      if (enabled === true) after = enable(after);
      if (enabled === false) after = disable(after, 'BY_ORGANISER');
      await webhookEndpoints.save(after);
      await auditLog.append({ by, target: `webhook/${endpointId}`, before, after });
      return ok(after);
    });
    wantedTypes.forget();
    return changed;
  };
}
