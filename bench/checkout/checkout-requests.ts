import type { Connection } from 'mysql2/promise';
import { holdRequest, payRequest } from '../data/booking-requests.ts';
import type { FundedSale } from './funded-sale.ts';

export type Slice = { readonly from: number; readonly to: number };

/** Holds of a slice: fan n holds seat n + 1. */
export function holdRequests({ eventId, fans }: FundedSale, { from, to }: Slice): Buffer[] {
  return fans
    .slice(from, to)
    .map((fan, index) => holdRequest(fan, { eventId, seat: from + index + 1, key: `hold-${from + index}` }));
}

/** Payments of the slice's held seats, read from the database. */
export async function payRequests(
  db: Connection,
  { eventId, fans }: FundedSale,
  { from, to }: Slice,
): Promise<Buffer[]> {
  const [rows] = await db.query(
    `select reservation_id from seat where concert_event_id = ? and number > ? and number <= ? and status = 'HELD'
     order by number`,
    [eventId, from, to],
  );
  const held = rows as { reservation_id: string }[];
  if (held.length !== to - from) throw new Error(`${held.length} of ${to - from} seats are held`);
  return held.map(({ reservation_id: reservationId }, index) =>
    payRequest(fans[from + index]!.userId, reservationId, `pay-${from + index}`),
  );
}
