import { type WebhookFact, toMessage } from '@frontrow/domain/webhooks/message.ts';
import type { Ports } from '../ports/ports.ts';
import type { OutboxMessage, Traced } from '../ports/shared/outbox.ts';

/** The outbox messages by which the relay passes facts to webhook endpoints. */
export function webhookMessages(
  { ids }: Pick<Ports, 'ids'>,
  facts: readonly (WebhookFact & Traced)[],
): readonly OutboxMessage[] {
  return facts.map(({ traceparent = null, ...fact }) => ({
    kind: 'WEBHOOK',
    ...toMessage(ids.next(), fact),
    ...(traceparent === null ? {} : { traceparent }),
  }));
}
