import type { Replayed, ReplayRange } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { PageRequest } from '@frontrow/application/ports/shared/page.ts';
import type { WebhookEndpoint } from '@frontrow/domain/webhooks/endpoint.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInstant } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

type FoundRow = { readonly outbox_id: string; readonly occurred_at: Date };

/** Makes a page of the stored messages of a range due again. */
export async function replayMessages(
  db: Kysely<Database>,
  { id, eventTypes }: Pick<WebhookEndpoint, 'id' | 'eventTypes'>,
  { from, to }: ReplayRange,
  page: PageRequest,
): Promise<Replayed> {
  const [at, after] = page.cursor === null ? [fromInstant(from), '0'] : readCursor(page.cursor);
  const limit = rowsForPage(page);
  const { rows } = await runSql<FoundRow>(
    db,
    `${eventTypes.map(() => FIND_OF_TYPE).join(' union all ')} order by occurred_at, outbox_id limit ?`,
    [...eventTypes.flatMap((type) => [type, at, after, type, at, fromInstant(to), limit]), limit],
  );
  const { items: ids, nextCursor } = toPage(rows, page, cursorOf, (row) => row.outbox_id);
  if (ids.length > 0) await runSql(db, MAKE_DUE, [id, ids]);
  return { messageCount: ids.length, nextCursor };
}

/** The messages of one type in the order of an index. Two ranges of it, because a row comparison would read it whole. */
const FIND_OF_TYPE = `(select outbox_id, occurred_at from webhook_message force index (webhook_message_by_type)
  where (type = ? and occurred_at = ? and outbox_id > ?) or (type = ? and occurred_at > ? and occurred_at < ?)
  order by occurred_at, outbox_id limit ?)`;

/** `status` is assigned last, because the other assignments read it. */
const MAKE_DUE = `insert into webhook_delivery
    (endpoint_id, outbox_id, subject_id, status, attempt_count, scheduled_count, next_attempt_at)
  select ?, outbox_id, subject_id, 'PENDING', 0, 0, now(3) from webhook_message where outbox_id in (?)
  on duplicate key update
    scheduled_count = if(webhook_delivery.status = 'PENDING', webhook_delivery.scheduled_count, 0),
    next_attempt_at = if(webhook_delivery.status = 'PENDING', webhook_delivery.next_attempt_at, now(3)),
    status = 'PENDING'`;

function cursorOf(row: FoundRow): string {
  return `${toInstant(row.occurred_at)}:${row.outbox_id}`;
}

/** The time and the id of the last message that is due again. */
function readCursor(cursor: string): readonly [Date, string] {
  const [at = '', id = ''] = cursor.split(':');
  return [fromInstant(Number(at)), id];
}
