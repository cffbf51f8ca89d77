import type { LedgerReads } from '@frontrow/application/ports/payments/ledger.ts';
import { type Kysely, sql } from 'kysely';
import { fromInstant, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';
import { toEntry } from './wallets.ts';

const ENTRIES_BY_TIME = sql<Database['wallet_entry']>`wallet_entry`.as<'wallet_entry'>(
  sql`wallet_entry force index (wallet_entry_by_time)`,
);

export function createMysqlLedgerReads(db: Kysely<Database>): LedgerReads {
  return {
    async list({ from, until }, page) {
      const last = page.cursor === null ? null : readCursor(page.cursor);
      if (last === undefined) return { items: [], nextCursor: null };
      let entries = db
        .selectFrom(ENTRIES_BY_TIME)
        .selectAll()
        .where('created_at', '>=', last?.at ?? fromInstant(from))
        .where('created_at', '<', fromInstant(until));
      if (last !== null)
        entries = entries.where((eb) => eb.or([eb('created_at', '>', last.at), eb('id', '>', last.id)]));
      const rows = await entries.orderBy('created_at').orderBy('id').limit(rowsForPage(page)).execute();
      return toPage(rows, page, (row) => `${toInstant(row.created_at)}:${row.id}`, toEntry);
    },
    async sumBefore(instant) {
      const row = await db
        .selectFrom(ENTRIES_BY_TIME)
        .select(sql<string>`coalesce(sum(amount), 0)`.as('total'))
        .where('created_at', '<', fromInstant(instant))
        .executeTakeFirstOrThrow();
      return toInteger(row.total);
    },
  };
}

/** The time and the id of the last entry of the page before; undefined for a malformed cursor. */
function readCursor(cursor: string): { at: Date; id: string } | undefined {
  const [, at, id] = /^(\d{1,14}):(.+)$/s.exec(cursor) ?? [];
  return at === undefined || id === undefined ? undefined : { at: fromInstant(Number(at)), id };
}
