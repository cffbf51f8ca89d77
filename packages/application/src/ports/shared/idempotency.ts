import type { UserId } from '@frontrow/domain/shared/ids.ts';

/** A request that may be repeated. User, operation and key identify it. */
export type IdempotentRequest = {
  readonly userId: UserId;
  /** Method and concrete path. */
  readonly operation: string;
  readonly key: string;
  /** A digest of the body. The same key with another fingerprint is refused. */
  readonly fingerprint: string;
};

export type IdempotencyClaim =
  | { readonly kind: 'NEW' }
  | { readonly kind: 'DONE'; readonly fingerprint: string; readonly answer: unknown }
  | { readonly kind: 'IN_PROGRESS' };

/** Idempotency keys inside the transaction of the effect, which commits both or neither. */
export type Idempotency = {
  /** Waits up to 2 s for another transaction with the same key, then returns IN_PROGRESS. */
  claim(request: IdempotentRequest): Promise<IdempotencyClaim>;
  /** Stores the answer, a JSON value, under a claimed key. */
  complete(request: IdempotentRequest, answer: unknown): Promise<void>;
};

export type IdempotencyPurge = {
  /** Removes at most `limit` keys that are older than `olderThanMs`. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
