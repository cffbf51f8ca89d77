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
        // innodb_lock_wait_timeout of the session limits the wait for the first request.
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
 * Whether the key is new. Waits for the end of a transaction that has inserted the same key. When that one rolls back,
 * the waiting transactions deadlock on the gap: one continues, the others run again.
 */
async function insertKey(db: Kysely<Database>, digest: Buffer, fingerprint: string): Promise<boolean> {
  const { numAffectedRows } = await insertOrTouchKey(db, { digest, fingerprint });
  return numAffectedRows === 1n; // 2 for an existing row
}

/** SHA-256 in hexadecimal, which has one length for any path and key. */
export function digestOf({ userId, operation, key }: IdempotentRequest): string {
  return hash('sha256', JSON.stringify([userId, operation, key]), 'hex');
}

/** The digest as the column stores it. */
function columnDigestOf(request: IdempotentRequest): Buffer {
  return Buffer.from(digestOf(request), 'hex');
}
