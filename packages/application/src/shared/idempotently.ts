import type { IdempotencyInProgress, IdempotencyKeyReused } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Idempotency, IdempotencyClaim, IdempotentRequest } from '../ports/shared/idempotency.ts';

/** `replayed` is true for the stored answer of an earlier request with the same key. */
export type Answer<T> = { readonly value: T; readonly replayed: boolean };

export type ReplayRefusal = IdempotencyKeyReused | IdempotencyInProgress;

/**
 * Runs `work` unless a request with the same key has an answer. Only an answer is stored: a refusal rolls the
 * transaction back, so the next request with its key runs `work` again (draft-ietf-httpapi-idempotency-key-header).
 */
export async function idempotently<T, E>(
  idempotency: Idempotency,
  request: IdempotentRequest | null,
  work: () => Promise<Result<T, E>>,
): Promise<Result<Answer<T>, E | ReplayRefusal>> {
  if (request !== null) {
    const [claim] = await idempotency.claim([request]);
    const replay = replayOf<T>(request, claim);
    if (replay !== null) return replay;
  }
  const result = await work();
  if (!result.ok) return result;
  if (request !== null) await idempotency.complete([{ request, answer: result.value }]);
  return ok({ value: result.value, replayed: false });
}

/** The stored answer of the claimed request, or its refusal; null for a new key. */
export function replayOf<T>(
  request: IdempotentRequest,
  claim: IdempotencyClaim | undefined,
): Result<Answer<T>, ReplayRefusal> | null {
  if (claim === undefined || claim.kind === 'NEW') return null;
  if (claim.kind === 'IN_PROGRESS') return refuse({ code: 'IDEMPOTENCY_IN_PROGRESS' });
  if (claim.fingerprint !== request.fingerprint) return refuse({ code: 'IDEMPOTENCY_KEY_REUSED' });
  return ok({ value: claim.answer as T, replayed: true });
}
