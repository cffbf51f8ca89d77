import type { NotFound } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { WantedTypes } from '../../webhooks/wanted-types.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';

/** An act of an organiser on one endpoint. */
export type EndpointAct = { readonly endpointId: WebhookEndpointId; readonly by: AdminRequest };
export type DeleteWebhookEndpoint = (command: EndpointAct) => Promise<Result<void, NotFound>>;

/** Its undelivered messages are not sent any more. */
export function createDeleteWebhookEndpoint(
  { transact }: Pick<Ports, 'transact'>,
  wantedTypes: WantedTypes,
): DeleteWebhookEndpoint {
  return async ({ endpointId, by }) => {
    const removed = await withEndpoint(transact, endpointId, async (unit, { endpoint: before }) => {
      const { webhookEndpoints, auditLog } = unit;
      await webhookEndpoints.remove(endpointId);
      await auditLog.append({ by, target: `webhook/${endpointId}`, before, after: null });
      return ok(undefined);
    });
    wantedTypes.forget();
    return removed;
  };
}
