import type { LedgerTotals } from '@frontrow/application/ports/payments/ledger.ts';
import { type Kysely, sql } from 'kysely';
import { toInstant } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';
import { ENTRIES_BY_TIME, findLatestTotal, sumEntries } from './ledger.ts';

const HOUR_MS = 60 * 60 * 1000;

export function createMysqlLedgerTotals(db: Kysely<Database>): LedgerTotals {
  return {
    async saveNext(settlesMs) {
      const latest = await findLatestTotal(db, null);
      const next = await db
        .selectFrom(ENTRIES_BY_TIME)
        .select(['created_at', sql<Date>`now(3)`.as('as_of')])
        .$if(latest !== null, (query) => query.where('created_at', '>=', latest!.until_at))
        .orderBy('created_at')
        .limit(1)
        .executeTakeFirst();
      if (next === undefined) return false;
      const until = endOfHour(next.created_at);
      if (until.getTime() > toInstant(next.as_of) - settlesMs) return false;
      const total = await sumEntries(db, latest, until);
      await db.insertInto('ledger_total').ignore().values({ until_at: until, total }).execute();
      return true;
    },
  };
}

function endOfHour(at: Date): Date {
  return new Date((Math.floor(at.getTime() / HOUR_MS) + 1) * HOUR_MS);
}
