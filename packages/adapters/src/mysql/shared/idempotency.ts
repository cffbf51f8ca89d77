import { hash } from 'node:crypto';
import type {
  Idempotency,
  IdempotencyPurge,
  IdempotentRequest,
} from '@frontrow/application/ports/shared/idempotency.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Kysely } from 'kysely';
import { earlier, statementClock } from '../connection/columns.ts';
import { isLockWaitTimeout } from '../connection/faults.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlIdempotency(db: Kysely<Database>): Idempotency {
  return {
    async claim(request) {
      const digest = columnDigestOf(request);
      try {
        if (await insertKey(db, digest, request.fingerprint)) return { kind: 'NEW' };
      } catch (error) {
        // The session's limit on the wait for a lock is the limit on the wait for the first request.
        if (isLockWaitTimeout(error)) return { kind: 'IN_PROGRESS' };
        throw error;
      }
      const { fingerprint, answer } = await db
        .selectFrom('idempotency_key')
        .select(['fingerprint', 'answer'])
        .where('request_digest', '=', digest)
        .executeTakeFirstOrThrow();
      invariant(answer !== null, 'an idempotency key was committed without an answer');
      return { kind: 'DONE', fingerprint, answer: JSON.parse(answer) };
    },
    async complete(request, answer) {
      const { numAffectedRows } = await storeAnswer(db, {
        digest: columnDigestOf(request),
        answer: JSON.stringify(answer),
      });
      invariant(numAffectedRows === 1n, 'only a claimed idempotency key can be completed');
    },
  };
}

export function createMysqlIdempotencyPurge(db: Kysely<Database>): IdempotencyPurge {
  return {
    async purge(olderThanMs, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('idempotency_key')
        .where('created_at', '<', earlier(statementClock, olderThanMs))
        .orderBy('created_at')
        .limit(limit)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

const storeAnswer = prepare((db, { digest, answer }: Slots<{ digest: Buffer; answer: string }>) =>
  db.updateTable('idempotency_key').set({ answer }).where('request_digest', '=', digest),
);

const insertOrTouchKey = prepare(
  (db, { digest, fingerprint }: Slots<{ digest: Buffer; fingerprint: string }>) =>
    db
      .insertInto('idempotency_key')
      .values({ request_digest: digest, fingerprint, created_at: statementClock })
      .onDuplicateKeyUpdate((eb) => ({ replay_count: eb('replay_count', '+', 1) })),
);

/**
 * Answers whether the key is new, after the transaction that has the same key in flight has ended. Where that one was
 * rolled back, those who waited for it deadlock over the place that it leaves: one goes on, the others run again.
 */
async function insertKey(db: Kysely<Database>, digest: Buffer, fingerprint: string): Promise<boolean> {
  const { numAffectedRows } = await insertOrTouchKey(db, { digest, fingerprint });
  return numAffectedRows === 1n; // 2 when the row was there
}

/** A key of one size, in hexadecimal, whatever the length of the path and of the client's own key. */
export function digestOf({ userId, operation, key }: IdempotentRequest): string {
  return hash('sha256', JSON.stringify([userId, operation, key]), 'hex');
}

/** The same as the column has it. */
function columnDigestOf(request: IdempotentRequest): Buffer {
  return Buffer.from(digestOf(request), 'hex');
}
