import type { NotFound, ValidationFailed } from '@frontrow/domain/shared/refusals.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { ReplayRange, Replayed } from '../../ports/webhooks/webhook-deliveries.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';

/** How many messages one replay makes due, so that its transaction stays short. */
export const REPLAY_MAX = 1_000;

export type ReplayWebhooksCommand = ReplayRange & {
  readonly endpointId: WebhookEndpointId;
  /** The `nextCursor` of the replay before; null for the first of the range. */
  readonly cursor: string | null;
  readonly by: AdminRequest;
};
export type ReplayWebhooks = (
  command: ReplayWebhooksCommand,
) => Promise<Result<Replayed, NotFound | ValidationFailed>>;

/** Sends the stored messages of a range again: those that the endpoint has missed, and those that it has received. */
export function createReplayWebhooks({ transact }: Pick<Ports, 'transact'>): ReplayWebhooks {
  return async ({ endpointId, from, to, cursor, by }) => {
    if (to <= from)
      return refuse({
        code: 'VALIDATION_FAILED',
        errors: [{ pointer: '/to', detail: 'must be after from' }],
      });
    return withEndpoint(transact, endpointId, async ({ webhookDeliveries, auditLog }, { endpoint }) => {
      const replayed = await webhookDeliveries.replay(endpoint, { from, to }, { limit: REPLAY_MAX, cursor });
      const after = { from, to, ...replayed };
      await auditLog.append({ by, target: `webhook/${endpointId}`, before: null, after });
      return ok(replayed);
    });
  };
}
