import type { Connection } from 'mysql2/promise';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { type Fan, PRICE, admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const ROWS_AT_ONCE = 1_000;

/** A date on sale and one fan per seat, each with an ACTIVE place and the price of a seat in the wallet. */
export type FundedSale = {
  readonly concertId: string;
  readonly eventId: string;
  readonly fans: readonly Fan[];
};

export async function openFundedSale(
  testbed: Testbed,
  db: Connection,
  seatCount: number,
): Promise<FundedSale> {
  const concertId = await createConcert(testbed.application);
  const eventId = await createBenchmarkDate(testbed, concertId, seatCount);
  // The admission window is so large that every join is admitted at once.
  const admission = { batchSize: 2 * seatCount };
  await testbed.application.changePolicy({ by: BY_STAFF, concertId, admission, hold: {} });
  const fans = await admitFans(testbed, concertId, seatCount);
  await fillWallets(
    testbed,
    db,
    fans.map(({ userId }) => userId),
  );
  return { concertId, eventId, fans };
}

/** Inserts wallets as one charge would leave them. */
async function fillWallets({ ports }: Testbed, db: Connection, userIds: readonly string[]): Promise<void> {
  const now = new Date();
  for (let from = 0; from < userIds.length; from += ROWS_AT_ONCE) {
    const batch = userIds.slice(from, from + ROWS_AT_ONCE);
    await db.query('insert into wallet (user_id, balance, entry_count) values ?', [
      batch.map((userId) => [userId, PRICE, 1]),
    ]);
    await db.query(
      `insert into wallet_entry
         (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at) values ?`,
      [batch.map((userId) => [userId, 1, ports.ids.next(), 'CHARGE', PRICE, PRICE, null, now])],
    );
  }
}
