import {
  type Delivery,
  PENDING_COUNT_MAX,
  type WebhookDeliveryReads,
} from '@frontrow/application/ports/webhooks/webhook-deliveries.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import type { Tables, WebhookDeliveryRow } from '../store/tables.ts';
import { findByMessage, messageOf, pendingOf } from './webhook-deliveries.ts';
import { enabledOf } from './webhook-endpoints.ts';

export function createMemoryWebhookDeliveryReads({ tables, clock }: MemoryView): WebhookDeliveryReads {
  return {
    async list(endpointId, page, status) {
      const rows = [...rowsOf(tables.webhookDeliveries)]
        .filter((row) => row.endpointId === endpointId && (status === null || row.status === status))
        .map((row) => ({ ...row, id: row.entryId }));
      const { items, nextCursor } = paginateById(rows, page, 'NEWEST_FIRST');
      return { items: items.map((row) => toDelivery(tables, row)), nextCursor };
    },
    async find(endpointId, messageId) {
      const row = findByMessage(tables, endpointId, messageId);
      if (row === null) return null;
      const attempts = [...rowsOf(tables.webhookAttempts)]
        .filter((attempt) => attempt.endpointId === endpointId && attempt.entryId === row.entryId)
        .toSorted((a, b) => a.attempt - b.attempt)
        .map(({ endpointId: _endpoint, entryId: _entry, ...attempt }) => attempt);
      const { body } = messageOf(tables, row.entryId).message;
      return { ...toDelivery(tables, row), body, attempts };
    },
    async listBacklogs() {
      const now = clock.now();
      const ids = enabledOf(tables).map(({ endpoint }) => endpoint.id);
      return ids.toSorted().map((endpointId) => {
        const pending = pendingOf(tables, endpointId).slice(0, PENDING_COUNT_MAX);
        const ages = pending.map(({ entryId }) => now - messageOf(tables, entryId).createdAt);
        return { endpointId, pendingCount: pending.length, oldestAgeMs: Math.max(0, ...ages) };
      });
    },
    async purge(olderThanMs, limit) {
      const before = clock.now() - olderThanMs;
      const old = [...rowsOf(tables.webhookMessages)]
        .filter(({ createdAt }) => createdAt < before)
        .slice(0, limit);
      const entryIds = new Set(old.map(({ entryId }) => entryId));
      for (const [key, { entryId }] of tables.webhookAttempts.entries())
        if (entryIds.has(entryId)) tables.webhookAttempts.remove(key);
      for (const [key, { entryId }] of tables.webhookDeliveries.entries()) {
        if (!entryIds.has(entryId)) continue;
        tables.webhookDeliveries.remove(key);
        tables.pendingDeliveries.remove(key);
      }
      for (const entryId of entryIds) tables.webhookMessages.remove(entryId);
      return old.length;
    },
  };
}

function toDelivery(tables: Tables, row: WebhookDeliveryRow): Delivery {
  const { id, type, occurredAt } = messageOf(tables, row.entryId).message;
  const { status, attempts: attemptCount } = row;
  const nextAttemptAt = status === 'PENDING' ? row.nextAttemptAt : null;
  return { message: { id, type, occurredAt }, status, attemptCount, nextAttemptAt };
}
