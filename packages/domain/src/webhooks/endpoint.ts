import type { WebhookEndpointId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { ValidationFailed } from '../shared/refusals.ts';
import { type Refused, type Result, ok, refuse } from '../shared/result.ts';
import type { WebhookEventType } from './message.ts';

export const WEBHOOK_ENDPOINTS_MAX = 20;
export const WEBHOOK_URL_LENGTH_MAX = 2_000;
/** How long the old secret signs beside the new one. */
export const SECRET_OVERLAP_MS = 24 * 60 * 60 * 1000;
/** How long every attempt may fail before the endpoint is disabled. */
export const FAILING_MAX_MS = 5 * 24 * 60 * 60 * 1000;

/** Why an endpoint receives nothing: an organiser disabled it, it failed for too long, or it answered 410 Gone. */
export type DisabledReason = 'BY_ORGANISER' | 'FAILING' | 'GONE';

/** An address that receives messages. */
export type WebhookEndpoint = {
  readonly id: WebhookEndpointId;
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly WebhookEventType[];
  /** Null while the endpoint is enabled. */
  readonly disabledReason: DisabledReason | null;
  /** The first failed attempt since the last success; null after a success. */
  readonly failingSince: Instant | null;
  readonly createdAt: Instant;
};

/** The present secret of an endpoint, and the one before it until `previousUntil`. Each has the form `whsec_…`. */
export type WebhookSecrets = {
  readonly current: string;
  readonly previous: string | null;
  readonly previousUntil: Instant | null;
};

/** What an attempt tells about its endpoint. */
export type AttemptResult = { readonly isDelivered: boolean; readonly statusCode: number | null };

/**
 * Requires an https URL without user and password, and without a fragment. `allowsPrivate` also permits http. The address
 * is checked with each connection, not here.
 */
export function checkWebhookUrl(text: string, allowsPrivate: boolean): Result<string, ValidationFailed> {
  const url = URL.parse(text);
  if (url === null) return invalid('must be a URL');
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:'))
    return invalid('must begin with https://');
  if (url.username !== '' || url.password !== '') return invalid('must have no user and no password');
  if (url.hash !== '') return invalid('must have no fragment');
  // Encoding makes a URL longer.
  if (url.href.length > WEBHOOK_URL_LENGTH_MAX)
    return invalid(`must have at most ${WEBHOOK_URL_LENGTH_MAX} characters, percent-encoded`);
  return ok(url.href);
}

function invalid(detail: string): Refused<ValidationFailed> {
  return refuse({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/url', detail }] });
}

export function enable(endpoint: WebhookEndpoint): WebhookEndpoint {
  return endpoint.disabledReason === null
    ? endpoint
    : { ...endpoint, disabledReason: null, failingSince: null };
}

export function disable(endpoint: WebhookEndpoint, reason: DisabledReason): WebhookEndpoint {
  return endpoint.disabledReason === null ? { ...endpoint, disabledReason: reason } : endpoint;
}

/** The endpoint after an attempt. 410 Gone disables it at once, and failures of `FAILING_MAX_MS` without a success. */
export function afterAttempt(
  endpoint: WebhookEndpoint,
  { isDelivered, statusCode }: AttemptResult,
  now: Instant,
): WebhookEndpoint {
  if (isDelivered) return endpoint.failingSince === null ? endpoint : { ...endpoint, failingSince: null };
  const failingSince = endpoint.failingSince ?? now;
  const failing = failingSince === endpoint.failingSince ? endpoint : { ...endpoint, failingSince };
  if (statusCode === 410) return disable(failing, 'GONE');
  return now - failingSince >= FAILING_MAX_MS ? disable(failing, 'FAILING') : failing;
}

/** The secrets after a rotation: the present one signs beside the new one for `SECRET_OVERLAP_MS`. */
export function rotateSecret({ current }: WebhookSecrets, next: string, now: Instant): WebhookSecrets {
  return { current: next, previous: current, previousUntil: now + SECRET_OVERLAP_MS };
}

/** The secrets that sign at `now`, the present one first. */
export function signingSecrets(
  { current, previous, previousUntil }: WebhookSecrets,
  now: Instant,
): readonly string[] {
  return previous !== null && previousUntil !== null && now < previousUntil ? [current, previous] : [current];
}
