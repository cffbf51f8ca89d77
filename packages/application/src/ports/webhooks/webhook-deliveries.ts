import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { WebhookMessage } from '@frontrow/domain/webhooks/message.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** A message, and the id of its outbox entry, which fixes the order of the messages of a subject. */
export type OrderedMessage = {
  readonly entryId: string;
  readonly message: WebhookMessage;
  /** The trace that the message continues; null without one. */
  readonly traceparent: string | null;
};

export type DeliveryKey = { readonly endpointId: WebhookEndpointId; readonly entryId: string };

/** A delivery that this process alone may attempt until its lease ends. */
export type ClaimedDelivery = DeliveryKey & {
  readonly message: Pick<WebhookMessage, 'id' | 'type' | 'body'>;
  readonly traceparent: string | null;
  /** The number of this attempt, over all schedules of the delivery. */
  readonly attempt: number;
  /** The number of this attempt in the present schedule: a replay begins a new one. */
  readonly scheduled: number;
  readonly claimedAt: Instant;
};

export type AttemptOutcome = {
  /** Null without an answer. */
  readonly statusCode: number | null;
  /** Why there is no answer, or why it is not a success; null for a success. */
  readonly error: string | null;
  readonly durationMs: number;
};

/** The outcome of an attempt. `retryInMs` is null for a success, and for the last failure of a schedule. */
export type RecordedAttempt = {
  readonly delivery: ClaimedDelivery;
  readonly outcome: AttemptOutcome;
  readonly retryInMs: number | null;
};

export type ReplayRange = { readonly from: Instant; readonly to: Instant };
/** `nextCursor` is where the rest of the range begins; null where all of it is replayed. */
export type Replayed = { readonly messageCount: number; readonly nextCursor: string | null };

/** Deliveries inside a transaction. */
export type WebhookDeliveries = {
  /** Stores messages with a due delivery to each enabled endpoint that asks for their type. A repeat changes nothing. */
  add(messages: readonly OrderedMessage[]): Promise<void>;
  /**
   * Claims the deliveries of the endpoint that have been due longest. A delivery is not due while an earlier message of its
   * subject is undelivered, or while the relay has yet to store an earlier message.
   */
  claim(endpointId: WebhookEndpointId, limit: number, leaseMs: number): Promise<readonly ClaimedDelivery[]>;
  /** Logs attempts, and ends their deliveries or makes them due again. */
  record(attempts: readonly RecordedAttempt[]): Promise<void>;
  /**
   * Makes a page of the stored messages of the range (`from` included, `to` excluded) due again, oldest first, where the
   * endpoint asks for their type. Leaves undelivered ones as they are.
   */
  replay(
    endpoint: Pick<WebhookEndpoint, 'id' | 'eventTypes'>,
    range: ReplayRange,
    page: PageRequest,
  ): Promise<Replayed>;
  /** Makes one delivery due at once. False for an unknown one. */
  redeliver(endpointId: WebhookEndpointId, messageId: string): Promise<boolean>;
};

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

export type Delivery = {
  readonly message: Pick<WebhookMessage, 'id' | 'type' | 'occurredAt'>;
  readonly status: DeliveryStatus;
  readonly attemptCount: number;
  /** Null unless PENDING. */
  readonly nextAttemptAt: Instant | null;
};
export type LoggedAttempt = AttemptOutcome & {
  readonly attempt: number;
  readonly attemptedAt: Instant;
  readonly nextAttemptAt: Instant | null;
};
export type DeliveryWithAttempts = Delivery & {
  readonly body: string;
  /** Oldest first. */
  readonly attempts: readonly LoggedAttempt[];
};

/** Where a count of undelivered messages ends, so that it costs the same after a long outage. */
export const PENDING_COUNT_MAX = 10_000;

/** What an endpoint has not received yet. */
export type WebhookBacklog = {
  readonly endpointId: WebhookEndpointId;
  /** At most `PENDING_COUNT_MAX`. */
  readonly pendingCount: number;
  /** 0 when nothing is undelivered. */
  readonly oldestAgeMs: number;
};

export type WebhookDeliveryReads = {
  /** The deliveries to the endpoint, newest message first; only those of a status where one is given. */
  list(
    endpointId: WebhookEndpointId,
    page: PageRequest,
    status: DeliveryStatus | null,
  ): Promise<Page<Delivery>>;
  find(endpointId: WebhookEndpointId, messageId: string): Promise<DeliveryWithAttempts | null>;
  /** Of each enabled endpoint, in the order of their ids. */
  listBacklogs(): Promise<readonly WebhookBacklog[]>;
  /** Removes at most `limit` messages stored more than `olderThanMs` ago, with their deliveries. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
