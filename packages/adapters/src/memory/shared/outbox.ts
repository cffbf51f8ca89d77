import type { IdGenerator } from '@frontrow/application/ports/shared/id-generator.ts';
import type { Outbox, OutboxReads } from '@frontrow/application/ports/shared/outbox.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { rowsOf } from '../store/table.ts';
import type { OutboxRow, Tables } from '../store/tables.ts';

export function createMemoryOutbox({ tables, clock }: MemoryView, ids: IdGenerator): Outbox {
  return {
    async append(messages) {
      const now = clock.now();
      for (const message of messages) {
        const id = ids.next();
        tables.outbox.insert(id, { id, message, createdAt: now, dueAt: now, deliveredAt: null });
      }
    },
    async take(limit) {
      const now = clock.now();
      return undelivered(tables)
        .filter(({ dueAt }) => dueAt <= now)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(({ id, message }) => ({ id, message }));
    },
    async markDelivered(entryIds) {
      change(tables, entryIds, { deliveredAt: clock.now() });
    },
    async postpone(entryIds, delayMs) {
      change(tables, entryIds, { dueAt: clock.now() + delayMs });
    },
  };
}

export function createMemoryOutboxReads({ tables, clock }: MemoryView): OutboxReads {
  return {
    async oldestAgeMs() {
      const now = clock.now();
      return undelivered(tables).reduce((oldest, { createdAt }) => Math.max(oldest, now - createdAt), 0);
    },
    async purge(olderThanMs, limit) {
      const before = clock.now() - olderThanMs;
      const old = [...rowsOf(tables.outbox)]
        .filter(({ deliveredAt }) => deliveredAt !== null && deliveredAt < before)
        .slice(0, limit);
      for (const { id } of old) tables.outbox.remove(id);
      return old.length;
    },
  };
}

function undelivered(tables: Tables): readonly OutboxRow[] {
  return [...rowsOf(tables.outbox)].filter(({ deliveredAt }) => deliveredAt === null);
}

function change({ outbox }: Tables, ids: readonly string[], part: Partial<OutboxRow>): void {
  for (const id of ids) {
    const row = outbox.get(id);
    invariant(row !== undefined, `there is no outbox entry ${id}`);
    outbox.put(id, { ...row, ...part });
  }
}
