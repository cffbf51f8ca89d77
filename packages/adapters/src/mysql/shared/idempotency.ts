import { hash } from 'node:crypto';
import type {
  Idempotency,
  IdempotencyClaim,
  IdempotencyPurge,
  IdempotentRequest,
} from '@frontrow/application/ports/shared/idempotency.ts';
import type { Kysely, Selectable } from 'kysely';
import { earlier, statementClock } from '../connection/columns.ts';
import { isLockWaitTimeout } from '../connection/faults.ts';
import { deferSql, runSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { NO_SLOT, type RowSlot } from './row-slot.ts';

export function createMysqlIdempotency(db: Kysely<Database>, slot = NO_SLOT): Idempotency {
  return {
    async claim(requests) {
      const digests = requests.map(digestOf);
      try {
        if (await insertKeys(db, digests, requests, slot)) return requests.map(() => ({ kind: 'NEW' }));
      } catch (error) {
        // innodb_lock_wait_timeout of the session limits the wait for the first request.
        if (isLockWaitTimeout(error)) return requests.map(() => ({ kind: 'IN_PROGRESS' }));
        throw error;
      }
      const keys = await findKeys(db, digests);
      return digests.map((digest) => toClaim(keys.get(digest)));
    },
    async complete(answers) {
      await deferSql(
        db,
        `insert into idempotency_key (request_digest, fingerprint, slot, answer, created_at)
          values ${valueRows('(?, ?, ?, ?, now(3))', answers.length)} as claimed
          on duplicate key update answer = claimed.answer`,
        answers.flatMap(({ request, answer }) => [
          toColumn(digestOf(request)),
          request.fingerprint,
          slot.current,
          JSON.stringify(answer),
        ]),
      );
    },
    async abandon(requests) {
      const digests = requests.map((request) => toColumn(digestOf(request)));
      await deferSql(db, 'delete from idempotency_key where request_digest in (?)', [digests]);
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

/**
 * Whether all the keys are new. Waits for the end of a transaction that has inserted one of them. When that one rolls back,
 * the waiting transactions deadlock on the gap: one continues, the others run again. The keys are inserted in ascending
 * order, so that no two transactions wait for each other.
 */
async function insertKeys(
  db: Kysely<Database>,
  digests: readonly string[],
  requests: readonly IdempotentRequest[],
  slot: RowSlot,
): Promise<boolean> {
  const rows = requests
    .map(({ fingerprint }, index) => ({ digest: digests[index]!, fingerprint }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
  const { numAffectedRows } = await runSql(
    db,
    `insert into idempotency_key (request_digest, fingerprint, slot, created_at) values ${valueRows('(?, ?, ?, now(3))', rows.length)}
      on duplicate key update replay_count = replay_count + 1`,
    rows.flatMap(({ digest, fingerprint }) => [toColumn(digest), fingerprint, slot.current]),
  );
  return numAffectedRows === BigInt(rows.length); // an existing row counts twice
}

type KeyRow = Pick<Selectable<Database['idempotency_key']>, 'request_digest' | 'fingerprint' | 'answer'>;

async function findKeys(
  db: Kysely<Database>,
  digests: readonly string[],
): Promise<ReadonlyMap<string, KeyRow>> {
  const { rows } = await runSql<KeyRow>(
    db,
    'select request_digest, fingerprint, answer from idempotency_key where request_digest in (?)',
    [digests.map(toColumn)],
  );
  return new Map(rows.map((row) => [row.request_digest.toString('hex'), row]));
}

/** A key without an answer is the transaction's own: no other transaction commits one. */
function toClaim(row: KeyRow | undefined): IdempotencyClaim {
  if (row === undefined || row.answer === null) return { kind: 'NEW' };
  return { kind: 'DONE', fingerprint: row.fingerprint, answer: JSON.parse(row.answer) };
}

/** SHA-256 in hexadecimal, which has one length for any path and key. */
export function digestOf({ userId, operation, key }: IdempotentRequest): string {
  return hash('sha256', JSON.stringify([userId, operation, key]), 'hex');
}

function toColumn(digest: string): Buffer {
  return Buffer.from(digest, 'hex');
}
