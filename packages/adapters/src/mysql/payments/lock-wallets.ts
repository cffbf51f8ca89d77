import type { LockedWallet } from '@frontrow/application/ports/payments/wallets.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { toInstant, toInteger } from '../connection/columns.ts';
import { deferSql, runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

type LockedRow = { readonly user_id: UserId; readonly balance: string; readonly as_of: Date };
type Wallets = ReadonlyMap<UserId, LockedWallet>;

/** Creates missing wallets. Locks in the order of the users, and waits for each lock. */
export async function lockWallets(db: Kysely<Database>, users: readonly UserId[]): Promise<Wallets> {
  await openWallets(db, users);
  return toWallets((await runSql<LockedRow>(db, LOCK, [users])).rows);
}

/** Creates missing wallets. Waits for no lock: a wallet that another transaction has locked is missing in the answer. */
export async function lockWalletsAtOnce(db: Kysely<Database>, users: readonly UserId[]): Promise<Wallets> {
  const { rows } = await runSql<Pick<LockedRow, 'user_id'>>(db, FIND, [users]);
  const existing = new Set(rows.map(({ user_id: userId }) => userId));
  const missing = users.filter((userId) => !existing.has(userId));
  if (missing.length > 0) await openWallets(db, missing);
  return toWallets((await runSql<LockedRow>(db, `${LOCK} skip locked`, [users])).rows);
}

const FIND = 'select user_id from wallet where user_id in (?)';
const LOCK = `select user_id, balance, sysdate(3) as as_of from wallet where user_id in (?) order by user_id for update`;

/** ON DUPLICATE KEY locks an existing row, so that concurrent transactions create a wallet once. */
async function openWallets(db: Kysely<Database>, users: readonly UserId[]): Promise<void> {
  const rows = users.toSorted().map((userId) => [userId, 0, 0]);
  await deferSql(
    db,
    'insert into wallet (user_id, balance, entry_count) values ? on duplicate key update balance = wallet.balance',
    [rows],
  );
}

function toWallets(rows: readonly LockedRow[]): Wallets {
  const asOf = Math.max(...rows.map((row) => toInstant(row.as_of)));
  return new Map(
    rows.map(({ user_id: userId, balance }) => [
      userId,
      { wallet: { userId, balance: toInteger(balance) }, asOf },
    ]),
  );
}
