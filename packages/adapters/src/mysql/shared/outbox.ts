import type { Outbox, OutboxMessage, OutboxReads } from '@frontrow/application/ports/shared/outbox.ts';
import { type Kysely, sql } from 'kysely';
import { earlier, later, statementClock } from '../connection/columns.ts';
import { deferSql, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { NO_SLOT } from './row-slot.ts';

/** Forces the index: by the primary key, which the optimizer may prefer, a read scans all delivered rows. */
const UNDELIVERED = sql<Database['outbox']>`outbox`.as<'outbox'>(
  sql`outbox force index (outbox_by_delivery)`,
);

export function createMysqlOutbox(db: Kysely<Database>, slot = NO_SLOT): Outbox {
  return {
    async append(messages) {
      if (messages.length === 0) return;
      await deferSql(
        db,
        `insert into outbox (kind, payload, slot, created_at, due_at) values ${valueRows('(?, ?, ?, now(3), now(3))', messages.length)}`,
        messages.flatMap(({ kind, ...payload }) => [kind, JSON.stringify(payload), slot.current]),
      );
    },
    async take(limit) {
      const rows = await db
        .selectFrom(UNDELIVERED)
        .select(['id', 'kind', 'payload'])
        .where('delivered_at', 'is', null)
        .where('due_at', '<=', statementClock)
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      return rows.map(({ id, kind, payload }) => ({
        id,
        message: { ...(payload as object), kind } as OutboxMessage,
      }));
    },
    async markDelivered(ids) {
      if (ids.length === 0) return;
      await db.updateTable('outbox').set({ delivered_at: statementClock }).where('id', 'in', ids).execute();
    },
    async postpone(ids, delayMs) {
      if (ids.length === 0) return;
      await db
        .updateTable('outbox')
        .set({ due_at: later(statementClock, delayMs) })
        .where('id', 'in', ids)
        .execute();
    },
  };
}

export function createMysqlOutboxReads(db: Kysely<Database>): OutboxReads {
  return {
    async oldestAgeMs() {
      const row = await db
        .selectFrom(UNDELIVERED)
        .select(sql<string>`timestampdiff(microsecond, created_at, ${statementClock})`.as('age_us'))
        .where('delivered_at', 'is', null)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? 0 : Math.max(0, Number(row.age_us) / 1000);
    },
    async purge(olderThanMs, limit) {
      const { numDeletedRows } = await db
        .deleteFrom('outbox')
        .where('delivered_at', '<', earlier(statementClock, olderThanMs))
        .orderBy('delivered_at')
        .limit(limit)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
