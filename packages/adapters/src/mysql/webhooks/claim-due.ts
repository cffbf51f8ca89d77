import type { ClaimedDelivery } from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInstant } from '../connection/columns.ts';
import { deferSql, runSql, valueBy } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

/** How soon a delivery is looked at again that waits for one in progress. */
const WAIT_MS = 1_000;

type DueRow = {
  readonly outbox_id: string;
  readonly subject_id: string;
  readonly attempt_count: number;
  readonly scheduled_count: number;
  readonly as_of: Date;
};
type MessageRow = ClaimedDelivery['message'] &
  Pick<ClaimedDelivery, 'traceparent'> & { readonly outbox_id: string };
type PendingRow = { readonly subject_id: string; readonly outbox_id: string; readonly next_attempt_at: Date };

/**
 * Claims due deliveries that no other process has locked. Those that wait for an earlier one of their subject get a later
 * time, so that the next claim does not find them first again.
 */
export async function claimDue(
  db: Kysely<Database>,
  endpointId: WebhookEndpointId,
  limit: number,
  leaseMs: number,
): Promise<readonly ClaimedDelivery[]> {
  const { rows: due } = await runSql<DueRow>(db, FIND_DUE, [endpointId, limit]);
  const asOf = due[0] === undefined ? 0 : toInstant(due[0].as_of);
  if (due.length === 0) return [];
  const firstOf = await findFirsts(db, endpointId, due);
  const isFree = (row: DueRow) => firstOf.get(row.subject_id)?.outbox_id === row.outbox_id;
  const waiting = due.filter((row) => !isFree(row));
  if (waiting.length > 0) {
    const ids = waiting.map((row) => row.outbox_id);
    const times = waiting.map((row) => {
      const first = toInstant(firstOf.get(row.subject_id)!.next_attempt_at);
      // The time of one in progress is the end of its lease.
      return fromInstant(first > asOf + leaseMs ? first : asOf + WAIT_MS);
    });
    await runSql(db, WAIT, [ids, times, endpointId, ids]);
  }
  const free = due.filter(isFree);
  if (free.length === 0) return [];
  const ids = free.map((row) => row.outbox_id);
  await deferSql(db, LEASE, [leaseMs * 1_000, endpointId, ids]);
  const { rows: messages } = await runSql<MessageRow>(db, FIND_MESSAGES, [ids]);
  const messageOf = new Map(messages.map(({ outbox_id: id, ...message }) => [id, message]));
  return free.map(({ outbox_id: entryId, ...counts }) => {
    const { traceparent, ...message } = messageOf.get(entryId)!;
    return {
      endpointId,
      entryId,
      message,
      traceparent,
      attempt: counts.attempt_count + 1,
      scheduled: counts.scheduled_count + 1,
      claimedAt: asOf,
    };
  });
}

/** The first undelivered message of each subject of the rows. */
async function findFirsts(
  db: Kysely<Database>,
  endpointId: WebhookEndpointId,
  due: readonly DueRow[],
): Promise<ReadonlyMap<string, PendingRow>> {
  const subjects = due.map((row) => row.subject_id);
  const { rows } = await runSql<PendingRow>(db, FIND_PENDING, [endpointId, subjects]);
  return new Map(rows.toReversed().map((row) => [row.subject_id, row]));
}

/**
 * Relays may commit in another order than they took their messages, so a message that the relay has yet to store holds
 * back every later one.
 */
const FIND_DUE = `select d.outbox_id, d.subject_id, d.attempt_count, d.scheduled_count, now(3) as as_of
  from webhook_delivery as d force index (webhook_delivery_by_due)
  where d.endpoint_id = ? and d.status = 'PENDING' and d.next_attempt_at <= now(3)
    and d.outbox_id < coalesce((select o.id from outbox as o force index (outbox_by_delivery)
      where o.delivered_at is null and o.kind = 'WEBHOOK' order by o.id limit 1), 9223372036854775807)
  order by d.next_attempt_at, d.outbox_id limit ? for update skip locked`;

const FIND_MESSAGES =
  'select outbox_id, id, type, body, traceparent from webhook_message where outbox_id in (?)';

const FIND_PENDING = `select subject_id, outbox_id, next_attempt_at
  from webhook_delivery force index (webhook_delivery_by_subject)
  where endpoint_id = ? and status = 'PENDING' and subject_id in (?) order by subject_id, outbox_id`;

const WAIT = `update webhook_delivery set next_attempt_at = ${valueBy('outbox_id')}
  where endpoint_id = ? and outbox_id in (?)`;

const LEASE = `update webhook_delivery set attempt_count = attempt_count + 1, scheduled_count = scheduled_count + 1,
    next_attempt_at = now(3) + interval ? microsecond
  where endpoint_id = ? and outbox_id in (?)`;
