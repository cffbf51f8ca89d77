import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { WebhookMessage } from '@frontrow/domain/webhooks/message.ts';
import type { AttemptOutcome } from './webhook-deliveries.ts';

export type WebhookRequest = {
  readonly url: string;
  /** The request carries a signature by each. */
  readonly secrets: readonly string[];
  readonly message: Pick<WebhookMessage, 'id' | 'body'>;
  readonly sentAt: Instant;
  /** The value of the header `traceparent`; null for none. */
  readonly traceparent: string | null;
};

export type WebhookAnswer = AttemptOutcome & {
  /** What the receiver asks for (`Retry-After`); null where it asks for nothing. */
  readonly retryAfterMs: number | null;
};

export type WebhookSender = {
  /** Whether http and addresses that are not public are allowed. */
  readonly allowsPrivate: boolean;
  /** Sends one request. Follows no redirect, and ends soon after `stopping`. Never throws. */
  send(request: WebhookRequest, stopping: AbortSignal): Promise<WebhookAnswer>;
};

/** Generates a secret of the form `whsec_…`. */
export type NewWebhookSecret = () => string;
