import type { Connection } from 'mysql2/promise';
import { holdRequest, payRequest } from '../data/booking-requests.ts';
import type { Sale } from './sale.ts';

export type Slice = { readonly from: number; readonly to: number };

/** Seat n + 1 for fan n. */
export function holdRequests({ eventId, fans }: Sale, { from, to }: Slice): Buffer[] {
  return fans
    .slice(from, to)
    .map((fan, index) => holdRequest(fan, { eventId, seat: from + index + 1, key: `hold-${from + index}` }));
}

/** For what the same fans hold, as the database has it. */
export async function payRequests(
  db: Connection,
  { eventId, fans }: Sale,
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
