import { type WebhookFact, toMessage } from '@frontrow/domain/webhooks/message.ts';
import type { Ports } from '../ports/ports.ts';
import type { OutboxMessage } from '../ports/shared/outbox.ts';

/** The outbox messages by which the relay passes facts to webhook endpoints. */
export function webhookMessages(
  { ids }: Pick<Ports, 'ids'>,
  facts: readonly WebhookFact[],
): readonly OutboxMessage[] {
  return facts.map((fact) => ({ kind: 'WEBHOOK', ...toMessage(ids.next(), fact) }));
}
