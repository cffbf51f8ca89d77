import type { LedgerReads } from '@frontrow/application/ports/payments/ledger.ts';
import { type Kysely, type Selectable, sql } from 'kysely';
import { fromInstant, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';
import { toEntry } from './wallets.ts';

export const ENTRIES_BY_TIME = sql<Database['wallet_entry']>`wallet_entry`.as<'wallet_entry'>(
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
      const until = fromInstant(instant);
      return toInteger(await sumEntries(db, await findLatestTotal(db, until), until));
    },
  };
}

type LedgerTotal = Selectable<Database['ledger_total']>;

/** The latest saved sum, or the latest one that `until` does not precede. */
export async function findLatestTotal(db: Kysely<Database>, until: Date | null): Promise<LedgerTotal | null> {
  const latest = await db
    .selectFrom('ledger_total')
    .selectAll()
    .$if(until !== null, (query) => query.where('until_at', '<=', until))
    .orderBy('until_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return latest ?? null;
}

/** The sum of all entries before `until`, computed from an earlier one and the entries since, as text. */
export async function sumEntries(
  db: Kysely<Database>,
  since: LedgerTotal | null,
  until: Date,
): Promise<string> {
  const { total } = await db
    .selectFrom(ENTRIES_BY_TIME)
    .select(sql<string>`cast(${since?.total ?? 0} as signed) + coalesce(sum(amount), 0)`.as('total'))
    .$if(since !== null, (query) => query.where('created_at', '>=', since!.until_at))
    .where('created_at', '<', until)
    .executeTakeFirstOrThrow();
  return total;
}

/** The time and the id of the last entry of the page before; undefined for a malformed cursor. */
function readCursor(cursor: string): { at: Date; id: string } | undefined {
  const [, at, id] = /^(\d{1,14}):(.+)$/s.exec(cursor) ?? [];
  return at === undefined || id === undefined ? undefined : { at: fromInstant(Number(at)), id };
}
