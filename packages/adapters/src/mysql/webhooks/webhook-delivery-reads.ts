import {
  type Delivery,
  PENDING_COUNT_MAX,
  type WebhookDeliveryReads,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { earlier, statementClock, toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlWebhookDeliveryReads(db: Kysely<Database>): WebhookDeliveryReads {
  return {
    async list(endpointId, page, status) {
      const { cursor } = page;
      // The optimizer may prefer an index whose rows it has to sort.
      const rows = await selectDeliveries(db, status === null ? ALL : OF_STATUS)
        .where('d.endpoint_id', '=', endpointId)
        .$if(status !== null, (query) => query.where('d.status', '=', status))
        .$if(cursor !== null, (query) => query.where('d.outbox_id', '<', cursor))
        .orderBy('d.outbox_id', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, (row) => row.outbox_id, toDelivery);
    },
    async find(endpointId, messageId) {
      const row = await selectDeliveries(db, ALL)
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
    async listBacklogs() {
      const { rows } = await runSql<BacklogRow>(db, BACKLOGS, [PENDING_COUNT_MAX]);
      return rows.map(({ id, pending, age_us: ageUs }) => ({
        endpointId: id,
        pendingCount: Number(pending),
        oldestAgeMs: Math.max(0, Number(ageUs ?? 0) / 1_000),
      }));
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

const ALL = sql<Database['webhook_delivery']>`webhook_delivery`.as<'d'>(sql`d force index (primary)`);
const OF_STATUS = sql<Database['webhook_delivery']>`webhook_delivery`.as<'d'>(
  sql`d force index (webhook_delivery_by_status)`,
);

function selectDeliveries(db: Kysely<Database>, deliveries: typeof ALL) {
  return db
    .selectFrom(deliveries)
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

type BacklogRow = { readonly id: string; readonly pending: string; readonly age_us: string | null };

/** Of each endpoint, it reads one message and at most as many keys as it counts. */
const BACKLOGS = `select e.id, timestampdiff(microsecond, m.created_at, now(3)) as age_us,
    (select count(*) from (select 1 from webhook_delivery as d force index (webhook_delivery_by_status)
      where d.endpoint_id = e.id and d.status = 'PENDING' limit ?) as counted) as pending
  from webhook_endpoint as e
  left join webhook_message as m on m.outbox_id = (select d.outbox_id
    from webhook_delivery as d force index (webhook_delivery_by_status)
    where d.endpoint_id = e.id and d.status = 'PENDING' order by d.endpoint_id, d.status, d.outbox_id limit 1)
  where e.disabled_reason is null order by e.id`;
