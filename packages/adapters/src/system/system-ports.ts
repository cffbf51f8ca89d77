import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { NewWebhookSecret } from '@frontrow/application/ports/webhooks/webhook-sender.ts';
import { createSystemClock } from './clock.ts';
import { createUlidGenerator } from './id-generator.ts';
import type { TokenSecret } from './keyed-macs.ts';
import { createSystemRandom } from './random.ts';
import { createSaleCodeTexts } from './sale-code-texts.ts';
import { createTicketCodes } from './ticket-codes.ts';
import { createTokenSigner } from './token-signer.ts';
import { cacheVerifiedTickets } from './verified-tickets.ts';
import { createWebhookSecretGenerator } from './webhook-secrets.ts';

/** The ports that need no server. */
export type SystemPorts = Pick<
  Ports,
  'clock' | 'ids' | 'random' | 'tokenSigner' | 'ticketCodes' | 'saleCodeTexts'
> & { readonly newWebhookSecret: NewWebhookSecret };

type Secrets = {
  readonly queueTokenSecrets: readonly TokenSecret[];
  readonly entryTicketSecrets: readonly TokenSecret[];
};

export function createSystemPorts({ queueTokenSecrets, entryTicketSecrets }: Secrets): SystemPorts {
  return {
    clock: createSystemClock(),
    ids: createUlidGenerator(),
    random: createSystemRandom(),
    tokenSigner: cacheVerifiedTickets(createTokenSigner(queueTokenSecrets)),
    newWebhookSecret: createWebhookSecretGenerator(),
    ticketCodes: createTicketCodes(entryTicketSecrets),
    saleCodeTexts: createSaleCodeTexts(queueTokenSecrets),
  };
}
