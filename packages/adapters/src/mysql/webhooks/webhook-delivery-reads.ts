import type {
  Delivery,
  WebhookDeliveryReads,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { Kysely, Selectable } from 'kysely';
import { earlier, statementClock, toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlWebhookDeliveryReads(db: Kysely<Database>): WebhookDeliveryReads {
  return {
    async list(endpointId, page, status) {
      const { cursor } = page;
      const rows = await selectDeliveries(db)
        .where('d.endpoint_id', '=', endpointId)
        .$if(status !== null, (query) => query.where('d.status', '=', status))
        .$if(cursor !== null, (query) => query.where('d.outbox_id', '<', cursor))
        .orderBy('d.outbox_id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, (row) => row.outbox_id, toDelivery);
    },
    async find(endpointId, messageId) {
      const row = await selectDeliveries(db)
        .select('m.body')
        .where('d.endpoint_id', '=', endpointId)
        .where('m.id', '=', messageId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const attempts = await db
        .selectFrom('webhook_attempt')
        .selectAll()
        .where('endpoint_id', '=', endpointId)
        .where('outbox_id', '=', row.outbox_id)
        .orderBy('attempt')
        .execute();
      return { ...toDelivery(row), body: row.body, attempts: attempts.map(toAttempt) };
    },
    async oldestUndeliveredAgeMs() {
      const [row] = (await runSql<{ age_us: string | null }>(db, OLDEST_AGE, [])).rows;
      return Math.max(0, Number(row?.age_us ?? 0) / 1_000);
    },
    async purge(olderThanMs, limit) {
      const old = await db
        .selectFrom('webhook_message')
        .select('outbox_id')
        .where('created_at', '<', earlier(statementClock, olderThanMs))
        .orderBy('created_at')
        .limit(limit)
        .execute();
      if (old.length === 0) return 0;
      const ids = old.map((row) => row.outbox_id);
      // The message last: where a run ends between the statements, the next one finds it again.
      await db.deleteFrom('webhook_attempt').where('outbox_id', 'in', ids).execute();
      await db.deleteFrom('webhook_delivery').where('outbox_id', 'in', ids).execute();
      await db.deleteFrom('webhook_message').where('outbox_id', 'in', ids).execute();
      return ids.length;
    },
  };
}

function selectDeliveries(db: Kysely<Database>) {
  return db
    .selectFrom('webhook_delivery as d')
    .innerJoin('webhook_message as m', 'm.outbox_id', 'd.outbox_id')
    .select([
      'd.outbox_id',
      'd.status',
      'd.attempt_count',
      'd.next_attempt_at',
      'm.id',
      'm.type',
      'm.occurred_at',
    ]);
}

type DeliveryRow = Pick<
  Selectable<Database['webhook_delivery']>,
  'outbox_id' | 'status' | 'attempt_count' | 'next_attempt_at'
> &
  Pick<Selectable<Database['webhook_message']>, 'id' | 'type' | 'occurred_at'>;

function toDelivery(row: DeliveryRow): Delivery {
  const { id, type, status } = row;
  return {
    message: { id, type, occurredAt: toInstant(row.occurred_at) },
    status,
    attemptCount: row.attempt_count,
    nextAttemptAt: status === 'PENDING' ? toInstant(row.next_attempt_at) : null,
  };
}

function toAttempt(row: Selectable<Database['webhook_attempt']>) {
  return {
    attempt: row.attempt,
    attemptedAt: toInstant(row.attempted_at),
    durationMs: row.duration_ms,
    statusCode: row.status_code,
    error: row.error,
    nextAttemptAt: row.next_attempt_at === null ? null : toInstant(row.next_attempt_at),
  };
}

/** Reads one row for each endpoint. */
const OLDEST_AGE = `select timestampdiff(microsecond, min(m.created_at), now(3)) as age_us
  from webhook_endpoint as e
  join lateral (select min(d.outbox_id) as outbox_id
    from webhook_delivery as d force index (webhook_delivery_by_status)
    where d.endpoint_id = e.id and d.status = 'PENDING') as oldest
  join webhook_message as m on m.outbox_id = oldest.outbox_id
  where e.disabled_reason is null`;
