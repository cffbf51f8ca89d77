import type { Connection } from 'mysql2/promise';
import { holdRequest, payRequest } from '../data/booking-requests.ts';
import { type FundedSale, seatAt } from './funded-sale.ts';

export type Slice = { readonly from: number; readonly to: number };

/** Holds of a slice: fan n holds seat n of the sale. */
export function holdRequests(sale: FundedSale, { from, to }: Slice): Buffer[] {
  return sale.fans
    .slice(from, to)
    .map((fan, index) => holdRequest(fan, { ...seatAt(sale, from + index), key: `hold-${from + index}` }));
}

/** Payments of the slice's holds, read from the database. */
export async function payRequests(db: Connection, sale: FundedSale, { from, to }: Slice): Promise<Buffer[]> {
  const users = sale.fans.slice(from, to).map(({ userId }) => userId);
  const [rows] = await db.query(
    `select id, user_id from reservation where concert_id = ? and user_id in (?) and status = 'HELD'`,
    [sale.concertId, users],
  );
  const held = new Map((rows as { id: string; user_id: string }[]).map((row) => [row.user_id, row.id]));
  if (held.size !== to - from) throw new Error(`${held.size} of ${to - from} fans hold a seat`);
  return users.map((userId, index) => payRequest(userId, held.get(userId)!, `pay-${from + index}`));
}
