import type { WebhookEventType, WebhookMessageType } from '@frontrow/domain/webhooks/message.ts';
import type { OutboxMessage } from '../ports/shared/outbox.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transact } from '../ports/shared/unit-of-work.ts';
import type { MaybePromise } from '../shared/maybe-promise.ts';

export type WantedTypes = {
  /** The types that an enabled endpoint asks for, as of at most `WANTED_TYPES_TTL_MS` ago. */
  read(): MaybePromise<ReadonlySet<WebhookMessageType>>;
  /** Makes the next `read` ask the database. */
  forget(): void;
};

export const WANTED_TYPES_TTL_MS = 1_000;

type Known = { readonly types: Promise<ReadonlySet<WebhookEventType>>; readonly readAt: number };

/** Reads the types at most once in `WANTED_TYPES_TTL_MS`, whatever the number of transactions. */
export function createWantedTypes({
  webhookEndpointReads,
}: Pick<Ports, 'webhookEndpointReads'>): WantedTypes {
  let known: Known | null = null;
  return {
    read() {
      const now = performance.now();
      if (known !== null && now - known.readAt < WANTED_TYPES_TTL_MS) return known.types;
      const types = webhookEndpointReads.listWantedTypes();
      const read: Known = { types, readAt: now };
      known = read;
      types.catch(() => {
        if (known === read) known = null;
      });
      return types;
    },
    forget() {
      known = null;
    },
  };
}

/** Leaves out of the outbox what no endpoint asks for, so that an installation without webhooks writes nothing for them. */
export function withWantedMessages(transact: Transact, wantedTypes: WantedTypes): Transact {
  return async (work, subject) => {
    // Before the transaction, because a read inside it would need a second connection while the first holds locks.
    const wanted = await wantedTypes.read();
    const isWanted = (message: OutboxMessage) =>
      message.kind !== 'WEBHOOK' || message.endpointId !== null || wanted.has(message.type);
    return transact((unit) => {
      const append = (messages: readonly OutboxMessage[]) => unit.outbox.append(messages.filter(isWanted));
      return work({ ...unit, outbox: { ...unit.outbox, append } });
    }, subject);
  };
}
