import type { UserId } from '@frontrow/domain/shared/ids.ts';

/** A request that may be repeated. Two are the same when user, operation and key are. */
export type IdempotentRequest = {
  readonly userId: UserId;
  /** Method and concrete path. */
  readonly operation: string;
  readonly key: string;
  /** A digest of the body: the same key with another one is refused. */
  readonly fingerprint: string;
};

export type IdempotencyClaim =
  | { readonly kind: 'NEW' }
  | { readonly kind: 'DONE'; readonly fingerprint: string; readonly answer: unknown }
  | { readonly kind: 'IN_PROGRESS' };

/** Keys inside the transaction of the effect: both are there after the commit, or neither. */
export type Idempotency = {
  /** Waits up to 2 s for another transaction that holds the same key, then answers IN_PROGRESS. */
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>;
  /** `answer` is JSON. */
  complete(request: IdempotentRequest, answer: unknown): Promise<void>;
};

export type IdempotencyPurge = {
  /** Removes at most `limit` keys that are older than `olderThanMs`; answers how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
