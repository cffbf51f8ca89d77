import type { IdempotencyInProgress, IdempotencyKeyReused } from '@frontrow/domain/shared/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { IdempotentRequest, Idempotency } from '../ports/shared/idempotency.ts';

/** `replayed` when it is the first answer of an earlier request with the same key. */
export type Answer<T> = { readonly value: T; readonly replayed: boolean };

/**
 * Runs `work` unless this request was answered before. Only an answer is kept: after a refusal, which rolls the
 * transaction back, the same key is evaluated anew (draft-ietf-httpapi-idempotency-key-header).
 */
export async function idempotently<T, E>(
  idempotency: Idempotency,
  request: IdempotentRequest | null,
  work: () => Promise<Result<T, E>>,
): Promise<Result<Answer<T>, E | IdempotencyKeyReused | IdempotencyInProgress>> {
  const claim = request === null ? null : await idempotency.claim(request);
  if (claim?.kind === 'IN_PROGRESS') return refuse({ code: 'IDEMPOTENCY_IN_PROGRESS' });
  if (claim?.kind === 'DONE') {
    if (claim.fingerprint !== request?.fingerprint) return refuse({ code: 'IDEMPOTENCY_KEY_REUSED' });
    return ok({ value: claim.answer as T, replayed: true });
  }
  const result = await work();
  if (!result.ok) return result;
  if (request !== null) await idempotency.complete(request, result.value);
  return ok({ value: result.value, replayed: false });
}
