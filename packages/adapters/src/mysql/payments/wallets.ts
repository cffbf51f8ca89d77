import type { WalletReads, Wallets } from '@frontrow/application/ports/payments/wallets.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { WalletEntry } from '@frontrow/domain/payments/wallet.ts';
import type { Kysely, Selectable } from 'kysely';
import { fromInstant, fromInteger, rowClock, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { type Slots, prepare } from '../connection/prepare.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlWalletReads(db: Kysely<Database>): WalletReads {
  return {
    async find(userId) {
      const row = await db
        .selectFrom('wallet')
        .select('balance')
        .where('user_id', '=', userId)
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
      const locked = await lockRow(db, userId);
      if (locked !== undefined) return locked;
      await openWallet(db, userId);
      const opened = await lockRow(db, userId);
      invariant(opened !== undefined, `the wallet of ${userId} was opened and is not there`);
      return opened;
    },
    async append(entry) {
      await moveBalance(db, entry);
      await insertEntry(db, { ...entry, createdAt: fromInstant(entry.createdAt) });
    },
  };
}

const lockWallet = prepare((db, { userId }: Slots<{ userId: UserId }>) =>
  db
    .selectFrom('wallet')
    .select(['balance', rowClock.as('as_of')])
    .where('user_id', '=', userId)
    .forUpdate(),
);

async function lockRow(db: Kysely<Database>, userId: UserId) {
  const [row] = (await lockWallet(db, { userId })).rows;
  if (row === undefined) return undefined;
  return { wallet: { userId, balance: toInteger(row.balance) }, asOf: toInstant(row.as_of) };
}

/** ON DUPLICATE KEY locks an existing row, so that concurrent transactions create a wallet once. */
async function openWallet(db: Kysely<Database>, userId: UserId): Promise<void> {
  await db
    .insertInto('wallet')
    .values({ user_id: userId, balance: 0, entry_count: 0 })
    .onDuplicateKeyUpdate((eb) => ({ balance: eb.ref('wallet.balance') }))
    .execute();
}

type Move = { readonly userId: UserId; readonly balanceBefore: number; readonly balanceAfter: number };

const updateBalance = prepare((db, { userId, balanceBefore, balanceAfter }: Slots<Move>) =>
  db
    .updateTable('wallet')
    .set((eb) => ({ balance: balanceAfter, entry_count: eb('entry_count', '+', fromInteger(1)) }))
    .where('user_id', '=', userId)
    .where('balance', '=', fromInteger(balanceBefore)),
);

/** Requires the balance that the entry was computed from. */
async function moveBalance(db: Kysely<Database>, entry: WalletEntry): Promise<void> {
  const { userId, amount, balanceAfter } = entry;
  const { numAffectedRows } = await updateBalance(db, {
    userId,
    balanceBefore: balanceAfter - amount,
    balanceAfter,
  });
  invariant(numAffectedRows === 1n, `entry ${entry.id} does not follow from the balance of its wallet`);
}

const insertEntry = prepare(
  (db, entry: Slots<Omit<WalletEntry, 'createdAt'> & { readonly createdAt: Date }>) =>
    db
      .insertInto('wallet_entry')
      .columns([
        'user_id',
        'entry_number',
        'id',
        'kind',
        'amount',
        'balance_after',
        'payment_id',
        'created_at',
      ])
      .expression((eb) =>
        eb
          .selectFrom('wallet')
          .select([
            'user_id',
            'entry_count',
            entry.id.as('id'),
            entry.kind.as('kind'),
            entry.amount.as('amount'),
            entry.balanceAfter.as('balance_after'),
            entry.paymentId.as('payment_id'),
            entry.createdAt.as('created_at'),
          ])
          .where('user_id', '=', entry.userId),
      ),
);

function toEntry(row: Selectable<Database['wallet_entry']>): WalletEntry {
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
