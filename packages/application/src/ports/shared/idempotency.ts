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

export type IdempotentAnswer = { readonly request: IdempotentRequest; readonly answer: unknown };

/** Idempotency keys inside the transaction of the effect, which commits both or neither. */
export type Idempotency = {
  /**
   * Claims the keys of distinct requests, in their order. Waits up to 2 s for other transactions with one of the keys,
   * then returns IN_PROGRESS for all of them.
   */
  claim(requests: readonly IdempotentRequest[]): Promise<readonly IdempotencyClaim[]>;
  /** Stores answers, which are JSON values, under claimed keys. */
  complete(answers: readonly IdempotentAnswer[]): Promise<void>;
  /** Gives up claimed keys, so that a later request with such a key is new. */
  abandon(requests: readonly IdempotentRequest[]): Promise<void>;
};

export type IdempotencyPurge = {
  /** Removes at most `limit` keys that are older than `olderThanMs`. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
