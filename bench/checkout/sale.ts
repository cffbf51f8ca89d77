import type { Connection } from 'mysql2/promise';
import { type Fan, PRICE, addConcert, admitFans, openDate } from '../data/on-sale.ts';
import type { World } from '../harness/world.ts';

const ROWS_AT_ONCE = 1_000;

/** A date on sale, as many fans with active tickets as it has seats, each with the price of one in the wallet. */
export type Sale = { readonly concertId: string; readonly eventId: string; readonly fans: readonly Fan[] };

export async function openSale(world: World, db: Connection, seatCount: number): Promise<Sale> {
  const concertId = await addConcert(world);
  const eventId = await openDate(world, concertId, seatCount);
  // So wide a window that everyone is let in on joining.
  const admission = { batchSize: 2 * seatCount };
  await world.application.changePolicy({ concertId, admission, hold: {} });
  const fans = await admitFans(world, concertId, seatCount);
  await fillWallets(
    world,
    db,
    fans.map(({ userId }) => userId),
  );
  return { concertId, eventId, fans };
}

/** Each as after one charge. */
async function fillWallets({ ports }: World, db: Connection, userIds: readonly string[]): Promise<void> {
  const now = new Date();
  for (let from = 0; from < userIds.length; from += ROWS_AT_ONCE) {
    const some = userIds.slice(from, from + ROWS_AT_ONCE);
    await db.query('insert into wallet (user_id, balance, entry_count) values ?', [
      some.map((userId) => [userId, PRICE, 1]),
    ]);
    await db.query(
      `insert into wallet_entry
         (user_id, entry_number, id, kind, amount, balance_after, payment_id, created_at) values ?`,
      [some.map((userId) => [userId, 1, ports.ids.next(), 'CHARGE', PRICE, PRICE, null, now])],
    );
  }
}
