import type {
  OrderedMessage,
  WebhookDeliveries,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { Kysely } from 'kysely';
import { fromInstant, toInstant } from '../connection/columns.ts';
import { runSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { claimDue } from './claim-due.ts';
import { recordAttempts } from './record-attempts.ts';

export function createMysqlWebhookDeliveries(db: Kysely<Database>): WebhookDeliveries {
  return {
    add: (messages) => addMessages(db, messages),
    claim: (endpointId, limit, leaseMs) => claimDue(db, endpointId, limit, leaseMs),
    record: (attempts) => recordAttempts(db, attempts),
    async replay(endpointId, { from, to }, limit) {
      const { rows } = await runSql<{ outbox_id: string; occurred_at: Date }>(db, FIND_IN_RANGE, [
        endpointId,
        fromInstant(from),
        fromInstant(to),
        limit + 1,
      ]);
      const ids = rows.slice(0, limit).map((row) => row.outbox_id);
      if (ids.length > 0) await runSql(db, MAKE_DUE, [endpointId, ids]);
      const next = rows[limit];
      return { messageCount: ids.length, nextFrom: next === undefined ? null : toInstant(next.occurred_at) };
    },
    async redeliver(endpointId, messageId) {
      const { numAffectedRows } = await runSql(db, REDELIVER, [endpointId, messageId]);
      return numAffectedRows === 1n;
    },
  };
}

async function addMessages(db: Kysely<Database>, messages: readonly OrderedMessage[]): Promise<void> {
  const { rows } = await runSql<{ id: string; event_types: readonly string[] }>(db, FIND_ENABLED, []);
  const receiversOf = ({ message }: OrderedMessage) =>
    message.endpointId === null
      ? rows.filter(({ event_types: types }) => types.includes(message.type))
      : rows.filter(({ id }) => id === message.endpointId);
  const sent = messages.filter((each) => receiversOf(each).length > 0);
  if (sent.length === 0) return;
  await runSql(
    db,
    `insert into webhook_message (outbox_id, id, type, subject_id, body, occurred_at, created_at)
      values ${valueRows('(?, ?, ?, ?, ?, ?, now(3))', sent.length)}`,
    sent.flatMap(({ entryId, message: { id, type, subjectId, body, occurredAt } }) => [
      entryId,
      id,
      type,
      subjectId,
      body,
      fromInstant(occurredAt),
    ]),
  );
  const deliveries = sent.flatMap((each) =>
    receiversOf(each).map(({ id }) => [id, each.entryId, each.message.subjectId]),
  );
  await runSql(
    db,
    `insert into webhook_delivery
      (endpoint_id, outbox_id, subject_id, status, attempt_count, scheduled_count, next_attempt_at)
      values ${valueRows("(?, ?, ?, 'PENDING', 0, 0, now(3))", deliveries.length)}`,
    deliveries.flat(),
  );
}

const FIND_ENABLED = 'select id, event_types from webhook_endpoint where disabled_reason is null';

const FIND_IN_RANGE = `select m.outbox_id, m.occurred_at
  from webhook_message as m force index (webhook_message_by_occurrence) join webhook_endpoint as e on e.id = ?
  where m.occurred_at >= ? and m.occurred_at < ? and json_contains(e.event_types, json_quote(m.type))
  order by m.occurred_at, m.outbox_id limit ?`;

/** `status` is assigned last, because the other assignments read it. */
const MAKE_DUE = `insert into webhook_delivery
    (endpoint_id, outbox_id, subject_id, status, attempt_count, scheduled_count, next_attempt_at)
  select ?, outbox_id, subject_id, 'PENDING', 0, 0, now(3) from webhook_message where outbox_id in (?)
  on duplicate key update
    scheduled_count = if(webhook_delivery.status = 'PENDING', webhook_delivery.scheduled_count, 0),
    next_attempt_at = if(webhook_delivery.status = 'PENDING', webhook_delivery.next_attempt_at, now(3)),
    status = 'PENDING'`;

const REDELIVER = `update webhook_delivery as d join webhook_message as m on m.outbox_id = d.outbox_id
  set d.status = 'PENDING', d.scheduled_count = 0, d.next_attempt_at = now(3)
  where d.endpoint_id = ? and m.id = ?`;
