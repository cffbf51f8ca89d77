import type { NotFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { toMessage, webhookTest } from '@frontrow/domain/webhooks/message.ts';
import type { Ports } from '../../ports/ports.ts';
import { withEndpoint } from '../../webhooks/with-endpoint.ts';
import type { EndpointAct } from './delete-webhook-endpoint.ts';

/** Returns the id of the message. */
export type SendWebhookTest = (command: EndpointAct) => Promise<Result<string, NotFound>>;

/** Sends a test message on the way of every other message. It waits while the endpoint is disabled. */
export function createSendWebhookTest({ transact, ids }: Pick<Ports, 'transact' | 'ids'>): SendWebhookTest {
  return ({ endpointId, by }) =>
    withEndpoint(transact, endpointId, async ({ outbox, auditLog }, { asOf }) => {
      const message = toMessage(ids.next(), webhookTest(endpointId, asOf));
      await outbox.append([{ kind: 'WEBHOOK', ...message }]);
      const after = { messageId: message.id };
      await auditLog.append({ by, target: `webhook/${endpointId}`, before: null, after });
      return ok(message.id);
    });
}
