import { setTimeout as delay } from 'node:timers/promises';
import { type Violations, withMysqlAudit } from '@frontrow/adapters/mysql/audit/mysql-audit.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { sellWithEverything } from '../support/rows-without-concerts.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';

const fixture = useSaleFixture(() => openRealEnvironment());
const { shards } = inject('vitess');
const audit = () =>
  withMysqlAudit({ url: inject('mysqlUrl'), settlesMs: 0 }, (books) => books.findViolations());

let payer: { readonly userId: string; readonly reservationId: string };
/** The primary that has the payer's wallet. */
let wallets: Connection;
beforeAll(async () => {
  for (let concert = 0; concert < 3; concert += 1) payer = await sellWithEverything(fixture());
  wallets = await shardWith('accounts', 'select 1 from wallet where user_id = ?', payer.userId);
});
afterAll(() => wallets.destroy());

async function shardWith(keyspace: string, query: string, id: string): Promise<Connection> {
  for (const { primaryUrl } of shards.filter((shard) => shard.keyspace === keyspace)) {
    const connection = await createConnection({ uri: primaryUrl });
    const [rows] = await connection.query<RowDataPacket[]>(query, [id]);
    if (rows.length > 0) return connection;
    connection.destroy();
  }
  throw new Error(`no shard of ${keyspace} has ${id}`);
}

/** What the audit finds while the entries of the payer's wallet are changed by hand. */
async function auditWith(change: string, meanwhile?: () => Promise<void>): Promise<Violations> {
  const ofPayer = [payer.userId];
  await wallets.query('create temporary table kept select * from wallet_entry where user_id = ?', ofPayer);
  const putBack = async () => {
    await wallets.query('delete from wallet_entry where user_id = ?', ofPayer);
    await wallets.query('insert into wallet_entry select * from kept');
    await wallets.query('drop temporary table kept');
  };
  await wallets.query(change, ofPayer);
  const auditing = audit();
  try {
    await (meanwhile === undefined ? auditing : meanwhile());
  } finally {
    await putBack();
  }
  return auditing;
}

const LOSE_DEBIT = `delete from wallet_entry where user_id = ? and kind = 'PAYMENT'`;
const DEBIT = 'a payment is one debit of its payer';

it('nothing is wrong with sales in order', async () => {
  expect(await audit()).toEqual({});
});

it('finds a payment whose debit is lost', async () => {
  expect((await auditWith(LOSE_DEBIT))[DEBIT]).toMatchObject({
    count: 1,
    rows: [{ userId: payer.userId, amount: -3_000, inSales: 1, inWallets: 0 }],
  });
});

it('finds a debit that stands twice', async () => {
  const twice = `insert into wallet_entry select user_id, 99, 'twice', kind, amount, balance_after, payment_id, created_at
    from wallet_entry where user_id = ? and kind = 'PAYMENT'`;
  expect((await auditWith(twice))[DEBIT]).toMatchObject({
    count: 1,
    rows: [{ userId: payer.userId, inSales: 1, inWallets: 2 }],
  });
});

it('finds a debit without a payment, and a refund whose credit has another amount', async () => {
  const debit = `insert into wallet_entry values (?, 98, 'lost', 'PAYMENT', -1, 0, 'no payment', now(3))`;
  expect((await auditWith(debit))['a debit is for a payment']).toMatchObject({
    count: 1,
    rows: [{ paymentId: 'no payment', inSales: 0, inWallets: 1 }],
  });
  const other = `update wallet_entry set amount = amount + 1 where user_id = ? and kind = 'REFUND'`;
  expect((await auditWith(other))['a refund is one credit of its payer']).toMatchObject({ count: 2 });
});

it('a payment that has only one of its commits is no fault, once it has the other', async () => {
  const found = await auditWith(LOSE_DEBIT, () => delay(2_000));
  expect(Object.keys(found)).not.toContain(DEBIT);
});

it('finds a row that is not on the shard of its concert', async () => {
  const own = 'select 1 from reservation where id = ?';
  const sales = await shardWith('sales', own, payer.reservationId);
  const seat = [payer.reservationId];
  try {
    await sales.query('update reservation_seat set concert_id = null where reservation_id = ?', seat);
    expect(await audit()).toEqual({
      'a row is on the shard of its concert': {
        count: 1,
        rows: [{ table: 'reservation_seat', concertId: null }],
      },
    });
    await sales.query(
      `update reservation_seat set concert_id = (select concert_id from reservation where id = reservation_id)
       where reservation_id = ?`,
      seat,
    );
  } finally {
    sales.destroy();
  }
});
