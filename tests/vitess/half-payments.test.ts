import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { describe, expect, inject, it } from 'vitest';
import { openRealEnvironment } from '../support/environments.ts';
import { eventually } from '../support/eventually.ts';
import { useSaleFixture } from '../support/sale-fixture.ts';
import type { ShardFacts } from './global-setup.ts';
import { interruptCommit, killWriters } from './interrupt-commit.ts';

const { shards, controlUrl, bestEffortUrl } = inject('vitess');

async function countIn({ primaryUrl }: ShardFacts, query: string, id: string): Promise<number> {
  const connection = await createConnection({ uri: primaryUrl });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query, [id]);
    return rows.length;
  } finally {
    connection.destroy();
  }
}

/** The shard of the keyspace that has the row. */
async function shardWith(keyspace: string, query: string, id: string): Promise<ShardFacts> {
  for (const shard of shards)
    if (shard.keyspace === keyspace && (await countIn(shard, query, id)) > 0) return shard;
  throw new Error(`no shard of ${keyspace} has ${id}`);
}

/** Pays while the connection of the payment to the shard of the wallet is killed, and returns what was written. */
async function payInterrupted(fixture: ReturnType<typeof useSaleFixture>) {
  const steps = fixture();
  const sale = await steps.openSale();
  const fan = await steps.join(sale);
  const { userId } = fan;
  await steps.charge(userId, 1_000);
  const { reservation } = await steps.createHold(sale, [1], fan);
  const sales = await shardWith('sales', 'select id from concert where id = ?', sale.concertId);
  const accounts = await shardWith('accounts', 'select user_id from wallet where user_id = ?', userId);
  const request = steps.newRequest(userId);
  const pay = () => steps.app.payReservation({ userId, reservationId: reservation.id, request });
  await interruptCommit(pay, sales, () => killWriters(accounts));
  const written = async () => ({
    sold: await countIn(sales, 'select id from payment where reservation_id = ?', reservation.id),
    debited: await countIn(
      accounts,
      `select id from wallet_entry where user_id = ? and kind = 'PAYMENT'`,
      userId,
    ),
  });
  const restartTablet = () => fetch(`${controlUrl}/accounts-${accounts.name}`, { method: 'POST' });
  return { pay, written, restartTablet };
}

describe('with commits in two phases', () => {
  const fixture = useSaleFixture(() => openRealEnvironment());

  it('a payment whose connection to the wallet is killed is whole when the tablet has started again', async () => {
    const { pay, written, restartTablet } = await payInterrupted(fixture);
    await restartTablet();
    await eventually(async () => expect(await pay()).toMatchObject({ ok: true }));
    await eventually(async () => expect(await written()).toEqual({ sold: 1, debited: 1 }));
  });
});

describe('with commits on one shard after the other', () => {
  const fixture = useSaleFixture(() =>
    openRealEnvironment({ url: bestEffortUrl, drop: async () => undefined }),
  );

  it('the same fault gives a seat away', async () => {
    const { pay, written } = await payInterrupted(fixture);
    await eventually(async () => expect(await pay()).toMatchObject({ ok: true }));
    expect(await written()).toEqual({ sold: 1, debited: 0 });
  });
});
