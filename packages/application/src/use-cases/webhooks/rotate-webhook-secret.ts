import type { NotFound, WebhooksNotConfigured } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { rotateSecret } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Ports } from '../../ports/ports.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';
import type { EndpointWithSecret } from './create-webhook-endpoint.ts';
import type { EndpointAct } from './delete-webhook-endpoint.ts';

export type RotateWebhookSecret = (
  command: EndpointAct,
) => Promise<Result<EndpointWithSecret, NotFound | WebhooksNotConfigured>>;

/** The old secret signs beside the new one for a day. A second rotation within that day ends the oldest at once. */
export function createRotateWebhookSecret({
  transact,
  newWebhookSecret,
}: Pick<Ports, 'transact' | 'newWebhookSecret'>): RotateWebhookSecret {
  return async ({ endpointId, by }) => {
    if (newWebhookSecret === null) return refuse({ code: 'WEBHOOKS_NOT_CONFIGURED' });
    const secret = newWebhookSecret();
    return withEndpoint(transact, endpointId, async ({ webhookEndpoints, auditLog }, locked) => {
      const present = await webhookEndpoints.findSecrets(endpointId);
      await webhookEndpoints.saveSecrets(endpointId, rotateSecret(present, secret, locked.asOf));
      // The secrets themselves do not belong into the log.
      await auditLog.append({
        by,
        target: `webhook/${endpointId}`,
        before: null,
        after: { rotated: 'secret' },
      });
      return ok({ endpoint: locked.endpoint, secret });
    });
  };
}
