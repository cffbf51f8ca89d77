import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';
import type { MessageOfEndpoint } from './get-webhook-delivery.ts';

export type RedeliverWebhook = (
  command: MessageOfEndpoint & { readonly by: AdminRequest },
) => Promise<Result<void, NotFound>>;

/** Makes one delivery due at once, whatever its status. */
export function createRedeliverWebhook({ transact }: Pick<Ports, 'transact'>): RedeliverWebhook {
  return ({ endpointId, messageId, by }) =>
    withEndpoint(transact, endpointId, async ({ webhookDeliveries, auditLog }) => {
      const isKnown = await webhookDeliveries.redeliver(endpointId, messageId);
      if (!isKnown) return refuse(notFound('webhook message'));
      await auditLog.append({ by, target: `webhook/${endpointId}`, before: null, after: { messageId } });
      return ok(undefined);
    });
}
