import { ok, refuse } from '@frontrow/domain/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { idempotently } from '../../src/shared/idempotently.ts';
import type { Idempotency, IdempotencyClaim, IdempotentRequest } from '../../src/ports/shared/idempotency.ts';

const REQUEST: IdempotentRequest = { userId: 'u', operation: 'POST /x', key: 'k', fingerprint: 'f' };

function keysWith(claim: IdempotencyClaim): Idempotency & { readonly stored: unknown[] } {
  const stored: unknown[] = [];
  return {
    stored,
    claim: async () => [claim],
    complete: async (answers) => {
      stored.push(...answers.map(({ answer }) => answer));
    },
    abandon: async () => {},
  };
}
const never = () => Promise.reject(new Error('the work must not run'));

describe('idempotently', () => {
  it('stores the answer of a new request', async () => {
    const keys = keysWith({ kind: 'NEW' });
    expect(await idempotently(keys, REQUEST, async () => ok(7))).toEqual(ok({ value: 7, replayed: false }));
    expect(keys.stored).toEqual([7]);
  });

  it('stores no refusal', async () => {
    const keys = keysWith({ kind: 'NEW' });
    const refusal = refuse({ code: 'NO' });
    expect(await idempotently(keys, REQUEST, async () => refusal)).toEqual(refusal);
    expect(keys.stored).toEqual([]);
  });

  it('replays the stored answer and runs nothing', async () => {
    const keys = keysWith({ kind: 'DONE', fingerprint: 'f', answer: 7 });
    expect(await idempotently(keys, REQUEST, never)).toEqual(ok({ value: 7, replayed: true }));
    expect(keys.stored).toEqual([]);
  });

  it('refuses a key of an earlier request with another body', async () => {
    const keys = keysWith({ kind: 'DONE', fingerprint: 'another', answer: 7 });
    expect(await idempotently(keys, REQUEST, never)).toEqual(refuse({ code: 'IDEMPOTENCY_KEY_REUSED' }));
  });

  it('refuses while the first request is still in progress', async () => {
    const keys = keysWith({ kind: 'IN_PROGRESS' });
    expect(await idempotently(keys, REQUEST, never)).toEqual(refuse({ code: 'IDEMPOTENCY_IN_PROGRESS' }));
  });

  it('claims no key for a request without one', async () => {
    const keys = keysWith({ kind: 'IN_PROGRESS' });
    expect(await idempotently(keys, null, async () => ok(7))).toEqual(ok({ value: 7, replayed: false }));
    expect(keys.stored).toEqual([]);
  });
});
