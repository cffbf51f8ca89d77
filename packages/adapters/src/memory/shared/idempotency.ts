import type {
  Idempotency,
  IdempotencyPurge,
  IdempotentRequest,
} from '@frontrow/application/ports/shared/idempotency.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';

/** Never returns IN_PROGRESS: a concurrent duplicate waits until the transaction of the first has ended. */
export function createMemoryIdempotency({ tables, clock }: MemoryView): Idempotency {
  return {
    claim: async (requests) =>
      requests.map((request) => {
        const row = tables.idempotencyKeys.get(requestKey(request));
        if (row === undefined) return { kind: 'NEW' };
        return { kind: 'DONE', fingerprint: row.fingerprint, answer: JSON.parse(row.answer) };
      }),
    async complete(answers) {
      for (const { request, answer } of answers)
        tables.idempotencyKeys.insert(requestKey(request), {
          fingerprint: request.fingerprint,
          answer: JSON.stringify(answer),
          createdAt: clock.now(),
        });
    },
    async abandon() {
      // A claim writes nothing here.
    },
  };
}

export function createMemoryIdempotencyPurge({ tables, clock }: MemoryView): IdempotencyPurge {
  return {
    async purge(olderThanMs, limit) {
      const before = clock.now() - olderThanMs;
      const old = [...tables.idempotencyKeys.entries()]
        .filter(([, { createdAt }]) => createdAt < before)
        .slice(0, limit);
      for (const [key] of old) tables.idempotencyKeys.remove(key);
      return old.length;
    },
  };
}

export function requestKey({ userId, operation, key }: IdempotentRequest): string {
  return keyOf(userId, operation, key);
}
