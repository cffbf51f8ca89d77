import type { RecordedAttempt } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { Kysely } from 'kysely';
import { fromInstant } from '../connection/columns.ts';
import { runSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

/** Logs attempts, and ends their deliveries or makes them due again. */
export async function recordAttempts(
  db: Kysely<Database>,
  attempts: readonly RecordedAttempt[],
): Promise<void> {
  if (attempts.length === 0) return;
  await runSql(
    db,
    `insert into webhook_attempt
      (endpoint_id, outbox_id, attempt, attempted_at, duration_ms, status_code, error, next_attempt_at)
      values ${valueRows('(?, ?, ?, ?, ?, ?, ?, now(3) + interval ? microsecond)', attempts.length)}`,
    attempts.flatMap(({ delivery, outcome, retryInMs }) => [
      delivery.endpointId,
      delivery.entryId,
      delivery.attempt,
      fromInstant(delivery.claimedAt),
      outcome.durationMs,
      outcome.statusCode,
      outcome.error,
      retryInMs === null ? null : retryInMs * 1_000,
    ]),
  );
  const keys = attempts
    .filter(({ outcome }) => outcome.error === null)
    .map(({ delivery }) => [delivery.endpointId, delivery.entryId]);
  if (keys.length > 0) await runSql(db, DELIVERED, [keys]);
  for (const attempt of attempts) if (attempt.outcome.error !== null) await saveFailure(db, attempt);
}

const DELIVERED = `update webhook_delivery set status = 'DELIVERED' where (endpoint_id, outbox_id) in (?)`;

/** Changes nothing where the lease has ended and another attempt has begun, or the delivery is over. */
async function saveFailure(db: Kysely<Database>, { delivery, retryInMs }: RecordedAttempt): Promise<void> {
  const { endpointId, entryId, attempt } = delivery;
  const own = [endpointId, entryId, attempt];
  if (retryInMs === null) await runSql(db, `${FAILED} ${OWN}`, own);
  else await runSql(db, `${RETRY} ${OWN}`, [retryInMs * 1_000, ...own]);
}

const FAILED = `update webhook_delivery set status = 'FAILED'`;
const RETRY = 'update webhook_delivery set next_attempt_at = now(3) + interval ? microsecond';
const OWN = `where endpoint_id = ? and outbox_id = ? and attempt_count = ? and status = 'PENDING'`;
