import type { Connection } from 'mysql2/promise';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { type Fan, PRICE, admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import type { Testbed } from '../harness/testbed.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const ROWS_AT_ONCE = 1_000;

/** Dates of one concert, all of one size. Seat n of the sale is the n-th of them all, counted from 0. */
export type Sale = {
  readonly concertId: string;
  readonly eventIds: readonly string[];
  readonly hallSize: number;
};

/** A sale with a fan for each seat, who has an ACTIVE place and the price of a seat in the wallet. */
export type FundedSale = Sale & { readonly fans: readonly Fan[] };

/** The date of the sale's seat, and its number there. */
export function seatAt({ eventIds, hallSize }: Sale, index: number): { eventId: string; seat: number } {
  return { eventId: eventIds[Math.floor(index / hallSize)]!, seat: 1 + (index % hallSize) };
}

/** Puts dates on sale that have `seatCount` seats together. */
export async function openSale(
  testbed: Pick<Testbed, 'application'>,
  seatCount: number,
  hallSize = seatCount,
): Promise<Sale> {
  const concertId = await createConcert(testbed.application);
  const eventIds: string[] = [];
  for (let seats = 0; seats < seatCount; seats += hallSize)
    eventIds.push(await createBenchmarkDate(testbed, concertId, hallSize));
  // The admission window is so large that every join is admitted at once.
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { batchSize: 2 * seatCount },
    hold: {},
  });
  return { concertId, eventIds, hallSize };
}

export async function openFundedSale(
  testbed: Testbed,
  db: Connection,
  seatCount: number,
  hallSize = seatCount,
): Promise<FundedSale> {
  const sale = await openSale(testbed, seatCount, hallSize);
  const fans = await admitFans(testbed, sale.concertId, seatCount);
  await fillWallets(
    testbed,
    db,
    fans.map(({ userId }) => userId),
  );
  return { ...sale, fans };
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
