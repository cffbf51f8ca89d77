import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, refuse } from '@frontrow/domain/shared/result.ts';
import type { Transact, UnitOfWork } from '../ports/shared/unit-of-work.ts';
import type { LockedEndpoint } from '../ports/webhooks/webhook-endpoints.ts';

/** Runs `work` in one transaction that has locked the endpoint. Refuses an unknown endpoint. */
export function withEndpoint<T, E = never>(
  transact: Transact,
  endpointId: WebhookEndpointId,
  work: (unit: UnitOfWork, locked: LockedEndpoint) => Promise<Result<T, E>>,
): Promise<Result<T, E | NotFound>> {
  return transact<Result<T, E | NotFound>>(async (unit) => {
    const locked = await unit.webhookEndpoints.lock(endpointId);
    return locked === null ? refuse(notFound('webhook endpoint')) : work(unit, locked);
  }, 'STAFF');
}
