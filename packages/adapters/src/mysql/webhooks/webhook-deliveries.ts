import type {
  OrderedMessage,
  WebhookDeliveries,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { Kysely } from 'kysely';
import { fromInstant } from '../connection/columns.ts';
import { runSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { claimDue } from './claim-due.ts';
import { recordAttempts } from './record-attempts.ts';
import { replayMessages } from './replay-messages.ts';

export function createMysqlWebhookDeliveries(db: Kysely<Database>): WebhookDeliveries {
  return {
    add: (messages) => addMessages(db, messages),
    claim: (endpointId, limit, leaseMs) => claimDue(db, endpointId, limit, leaseMs),
    record: (attempts) => recordAttempts(db, attempts),
    replay: (endpoint, range, page) => replayMessages(db, endpoint, range, page),
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
    `insert into webhook_message (outbox_id, id, type, subject_id, body, occurred_at, created_at, traceparent)
      values ${valueRows('(?, ?, ?, ?, ?, ?, now(3), ?)', sent.length)}`,
    sent.flatMap(({ entryId, message: { id, type, subjectId, body, occurredAt }, traceparent }) => [
      entryId,
      id,
      type,
      subjectId,
      body,
      fromInstant(occurredAt),
      traceparent,
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

const REDELIVER = `update webhook_delivery as d join webhook_message as m on m.outbox_id = d.outbox_id
  set d.status = 'PENDING', d.scheduled_count = 0, d.next_attempt_at = now(3)
  where d.endpoint_id = ? and m.id = ?`;
