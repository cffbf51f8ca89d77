import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { WebhookMessage } from '@frontrow/domain/webhooks/message.ts';
import type { PlaceEnd } from '../waiting-room/queue-ends.ts';

/** What must happen outside the database after a commit, at least once. */
export type OutboxMessage = Traced &
  (
    | ({ readonly kind: 'QUEUE_END' } & PlaceEnd)
    | { readonly kind: 'CONCERT_CHANGED'; readonly concertId: ConcertId; readonly eventId?: EventId }
    | ({ readonly kind: 'WEBHOOK' } & WebhookMessage)
  );

/** The trace that a message continues; without one, that of the transaction that appends it. */
export type Traced = { readonly traceparent?: string | null };

/** An entry that a transaction adds after another has committed has the greater id. */
export type OutboxEntry = { readonly id: string; readonly message: OutboxMessage };

export type Outbox = {
  append(messages: readonly OutboxMessage[]): Promise<void>;
  /** Returns the oldest due entries and locks them until the transaction ends. Skips entries that are locked elsewhere. */
  take(limit: number): Promise<readonly OutboxEntry[]>;
  markDelivered(ids: readonly string[]): Promise<void>;
  /** Makes the entries due again `delayMs` later. */
  postpone(ids: readonly string[], delayMs: number): Promise<void>;
};

export type OutboxReads = {
  /** The age of the oldest undelivered entry in ms; 0 when there is none. */
  oldestAgeMs(): Promise<number>;
  /** Removes at most `limit` entries delivered more than `olderThanMs` ago. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
