import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { WebhookEndpoint, WebhookSecrets } from '@frontrow/domain/webhooks/endpoint.ts';
import type { WebhookEventType } from '@frontrow/domain/webhooks/message.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type EndpointWithSecrets = { readonly endpoint: WebhookEndpoint; readonly secrets: WebhookSecrets };

export type WebhookEndpointReads = {
  find(id: WebhookEndpointId): Promise<WebhookEndpoint | null>;
  /** Oldest first. */
  list(page: PageRequest): Promise<Page<WebhookEndpoint>>;
  /** The types that at least one enabled endpoint asks for. */
  listWantedTypes(): Promise<ReadonlySet<WebhookEventType>>;
  /** Throws for a secret whose key is not configured. */
  listEnabled(): Promise<readonly EndpointWithSecrets[]>;
};

/** A locked endpoint. `asOf` is the database's clock, read after the lock was acquired. */
export type LockedEndpoint = { readonly endpoint: WebhookEndpoint; readonly asOf: Instant };

/** Endpoints inside a transaction. */
export type WebhookEndpoints = {
  count(): Promise<number>;
  add(endpoint: WebhookEndpoint, secrets: WebhookSecrets): Promise<void>;
  lock(id: WebhookEndpointId): Promise<LockedEndpoint | null>;
  /** Writes everything but the secrets. */
  save(endpoint: WebhookEndpoint): Promise<void>;
  /** The secrets of an endpoint that this transaction has locked. */
  findSecrets(id: WebhookEndpointId): Promise<WebhookSecrets>;
  saveSecrets(id: WebhookEndpointId, secrets: WebhookSecrets): Promise<void>;
  remove(id: WebhookEndpointId): Promise<void>;
};
