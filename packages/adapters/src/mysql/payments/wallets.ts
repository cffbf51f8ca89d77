import type { WalletReads, Wallets } from '@frontrow/application/ports/payments/wallets.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Kysely, Selectable } from 'kysely';
import { acceptsWrites } from '../connection/accepts-writes.ts';
import { fromInstant, fromInteger, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { deferSql, valueBy, valueRows } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { lockWallets, lockWalletsAtOnce } from './lock-wallets.ts';

export function createMysqlWalletReads(db: Kysely<Database>): WalletReads {
  return {
    async find(userId) {
      const row = await db
        .selectFrom('wallet')
        .select('balance')
        .where('user_id', '=', userId)
        .where(acceptsWrites)
        .executeTakeFirst();
      return { userId, balance: row === undefined ? 0 : toInteger(row.balance) };
    },
    async listEntries(userId, page) {
      const before = /^\d{1,15}$/.test(page.cursor ?? '') ? Number(page.cursor) : null;
      const rows = await db
        .selectFrom('wallet_entry')
        .selectAll()
        .where('user_id', '=', userId)
        .$if(before !== null, (query) => query.where('entry_number', '<', fromInteger(before ?? 0)))
        .orderBy('entry_number', 'desc')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, (row) => row.entry_number, toEntry);
    },
  };
}

export function createMysqlWallets(db: Kysely<Database>): Wallets {
  return {
    async lock(userId) {
      const locked = (await lockWallets(db, [userId])).get(userId);
      invariant(locked !== undefined, `the wallet of ${userId} was opened and is not there`);
      return locked;
    },
    lockAll: (userIds, mode) => (mode === 'SKIP' ? lockWalletsAtOnce(db, userIds) : lockWallets(db, userIds)),
    async append(entries) {
      await moveBalances(db, entries);
      await insertEntries(db, entries);
    },
  };
}

/** Requires the balances that the entries were computed from. */
async function moveBalances(db: Kysely<Database>, entries: readonly WalletEntry[]): Promise<void> {
  const users = entries.map(({ userId }) => userId);
  const before = entries.map(({ amount, balanceAfter }) => balanceAfter - amount);
  const after = entries.map(({ balanceAfter }) => balanceAfter);
  await deferSql(db, MOVE_BALANCES, [users, after, users, users, before], entries.length);
}

const MOVE_BALANCES = `update wallet set balance = ${valueBy('user_id')}, entry_count = entry_count + 1
  where user_id in (?) and balance = ${valueBy('user_id')}`;

async function insertEntries(db: Kysely<Database>, entries: readonly WalletEntry[]): Promise<void> {
  const users = entries.map(({ userId }) => userId);
  const columns = [
    entries.map(({ id }) => id),
    entries.map(({ kind }) => kind),
    entries.map(({ amount }) => amount),
    entries.map(({ paymentId }) => paymentId),
    entries.map(({ createdAt }) => fromInstant(createdAt)),
  ];
  const values = [...columns.flatMap((column) => [users, column]), users];
  await deferSql(db, INSERT_ENTRIES, values, entries.length);
}

/** The wallets have their new balances and counts already. */
const INSERT_ENTRIES = `insert into wallet_entry
    (user_id, entry_number, balance_after, id, kind, amount, payment_id, created_at)
  select user_id, entry_count, balance, ${valueRows(valueBy('user_id'), 5)} from wallet where user_id in (?)`;

export function toEntry(row: Selectable<Database['wallet_entry']>): WalletEntry {
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    amount: toInteger(row.amount),
    balanceAfter: toInteger(row.balance_after),
    paymentId: row.payment_id,
    createdAt: toInstant(row.created_at),
  };
}
