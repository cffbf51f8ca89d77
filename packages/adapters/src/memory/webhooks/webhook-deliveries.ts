import type {
  DeliveryKey,
  WebhookDeliveries,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { WebhookEndpointId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf, rowsOf } from '../store/table.ts';
import type { Tables, WebhookDeliveryRow, WebhookMessageRow } from '../store/tables.ts';
import { enabledOf } from './webhook-endpoints.ts';

/** Transactions run one at a time, so the relay has stored every earlier message of what it stores. */
export function createMemoryWebhookDeliveries({ tables, clock }: MemoryView): WebhookDeliveries {
  const { webhookMessages, webhookDeliveries, webhookAttempts } = tables;
  return {
    async add(messages) {
      for (const { entryId, message, traceparent } of messages) {
        if (webhookMessages.get(entryId) !== undefined) continue;
        const receivers = enabledOf(tables).filter(({ endpoint: { id, eventTypes } }) =>
          message.endpointId === null
            ? eventTypes.some((type) => type === message.type)
            : id === message.endpointId,
        );
        if (receivers.length === 0) continue;
        const now = clock.now();
        webhookMessages.insert(entryId, { entryId, message, traceparent, createdAt: now });
        for (const { endpoint } of receivers) makeDue(tables, { endpointId: endpoint.id, entryId }, now);
      }
    },
    async claim(endpointId, limit, leaseMs) {
      const now = clock.now();
      const pending = pendingOf(tables, endpointId).toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1));
      const subjects = new Set<string>();
      const due = pending.filter((row) => {
        const { subjectId } = messageOf(tables, row.entryId).message;
        const isFirst = !subjects.has(subjectId);
        subjects.add(subjectId);
        return isFirst && row.nextAttemptAt <= now;
      });
      return due
        .toSorted((a, b) => a.nextAttemptAt - b.nextAttemptAt)
        .slice(0, limit)
        .map((row) => {
          const claimed = { ...row, attempts: row.attempts + 1, scheduled: row.scheduled + 1 };
          put(tables, { ...claimed, nextAttemptAt: now + leaseMs });
          const { endpointId: to, entryId, attempts: attempt, scheduled } = claimed;
          const { message, traceparent } = messageOf(tables, entryId);
          return { endpointId: to, entryId, message, traceparent, attempt, scheduled, claimedAt: now };
        });
    },
    async record(attempts) {
      const now = clock.now();
      for (const { delivery, outcome, retryInMs } of attempts) {
        const { endpointId, entryId, attempt, claimedAt } = delivery;
        const nextAttemptAt = retryInMs === null ? null : now + retryInMs;
        const key = keyOf(endpointId, entryId, attempt);
        webhookAttempts.put(key, {
          ...outcome,
          endpointId,
          entryId,
          attempt,
          attemptedAt: claimedAt,
          nextAttemptAt,
        });
        const row = webhookDeliveries.get(keyOf(endpointId, entryId));
        if (row === undefined) continue;
        if (outcome.error === null) put(tables, { ...row, status: 'DELIVERED' });
        // A lease that has ended may have given the delivery to another attempt.
        else if (row.status !== 'PENDING' || row.attempts !== attempt) continue;
        else if (nextAttemptAt === null) put(tables, { ...row, status: 'FAILED' });
        else put(tables, { ...row, nextAttemptAt });
      }
    },
    async replay({ id: endpointId, eventTypes }, { from, to }, { limit, cursor }) {
      const found = [...rowsOf(webhookMessages)]
        .filter(({ message }) => eventTypes.some((type) => type === message.type))
        .filter(({ message: { occurredAt } }) => from <= occurredAt && occurredAt < to)
        .toSorted((a, b) => a.message.occurredAt - b.message.occurredAt || (a.entryId < b.entryId ? -1 : 1))
        .filter((row) => cursor === null || isAfter(row, cursor));
      const replayed = found.slice(0, limit);
      for (const { entryId } of replayed) {
        if (webhookDeliveries.get(keyOf(endpointId, entryId))?.status !== 'PENDING')
          makeDue(tables, { endpointId, entryId }, clock.now());
      }
      const last = found.length > limit ? replayed.at(-1) : undefined;
      return { messageCount: replayed.length, nextCursor: last === undefined ? null : replayCursorOf(last) };
    },
    async redeliver(endpointId, messageId) {
      const row = findByMessage(tables, endpointId, messageId);
      if (row !== null) makeDue(tables, row, clock.now());
      return row !== null;
    },
  };
}

function replayCursorOf({ entryId, message }: WebhookMessageRow): string {
  return `${message.occurredAt}:${entryId}`;
}

function isAfter({ entryId, message }: WebhookMessageRow, cursor: string): boolean {
  const [at = '', id = ''] = cursor.split(':');
  return message.occurredAt > Number(at) || (message.occurredAt === Number(at) && entryId > id);
}

export function findByMessage(
  tables: Tables,
  endpointId: WebhookEndpointId,
  messageId: string,
): WebhookDeliveryRow | null {
  const message = [...rowsOf(tables.webhookMessages)].find((row) => row.message.id === messageId);
  return (message && tables.webhookDeliveries.get(keyOf(endpointId, message.entryId))) ?? null;
}

export function pendingOf(tables: Tables, endpointId: WebhookEndpointId): readonly WebhookDeliveryRow[] {
  return [...rowsOf(tables.pendingDeliveries)].flatMap((key) => {
    const row = tables.webhookDeliveries.get(key);
    return row?.endpointId === endpointId ? [row] : [];
  });
}

export function messageOf(tables: Tables, entryId: string): WebhookMessageRow {
  const row = tables.webhookMessages.get(entryId);
  invariant(row !== undefined, `there is no webhook message ${entryId}`);
  return row;
}

/** Begins a schedule of attempts now. */
function makeDue(tables: Tables, { endpointId, entryId }: DeliveryKey, now: Instant): void {
  const attempts = tables.webhookDeliveries.get(keyOf(endpointId, entryId))?.attempts ?? 0;
  put(tables, { endpointId, entryId, status: 'PENDING', attempts, scheduled: 0, nextAttemptAt: now });
}

function put(tables: Tables, row: WebhookDeliveryRow): void {
  const key = keyOf(row.endpointId, row.entryId);
  tables.webhookDeliveries.put(key, row);
  if (row.status === 'PENDING') tables.pendingDeliveries.put(key, key);
  else tables.pendingDeliveries.remove(key);
}
