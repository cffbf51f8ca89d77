import type { Clock } from '@frontrow/application/ports/shared/clock.ts';
import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { createSaleCodeTexts } from '../../src/system/sale-code-texts.ts';
import { createTicketCodes } from '../../src/system/ticket-codes.ts';
import { createMemoryPorts } from '../../src/memory/memory-ports.ts';
import { createWebhookSecretGenerator } from '../../src/system/webhook-secrets.ts';
import { createWebhookSender } from '../../src/webhooks/webhook-sender.ts';

/** Ports in memory with ids that count up. */
export function createMemoryTestPorts(clock: Clock): Ports {
  let count = 0;
  const next = () => String((count += 1)).padStart(26, '0');
  return createMemoryPorts({
    clock,
    ids: { next, nextIn: next },
    random: () => Math.random(),
    tokenSigner: { sign: (ticket) => JSON.stringify(ticket), verify: (token) => JSON.parse(token) as Ticket },
    webhookSender: createWebhookSender({ allowsPrivate: true }),
    newWebhookSecret: createWebhookSecretGenerator(),
    ticketCodes: createTicketCodes([{ keyId: 'T', secret: 'a secret of the tests' }]),
    saleCodeTexts: createSaleCodeTexts([{ keyId: 'T', secret: 'a secret of the tests' }]),
    onJobError: () => undefined,
  });
}
