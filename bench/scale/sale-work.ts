import type { Connection } from 'mysql2/promise';
import { type FundedSale, seatAt } from '../checkout/funded-sale.ts';
import { holdRequest, payRequest } from '../data/booking-requests.ts';
import type { Work } from './process-groups.ts';

export const SEATS_PER_ROUND = 150;

/**
 * Two fans hold each seat, at different processes if the group has several; the one who gets it pays. Counts sold seats.
 * Throws unless exactly one of the two gets each seat.
 */
export function sellContendedSeats(db: Connection, sale: FundedSale): Work {
  let seatsOffered = 0;
  return async (group, round) => {
    const from = seatsOffered;
    seatsOffered += SEATS_PER_ROUND;
    const held = await group.fire(holdRequests(sale, from), round);
    if (held.statuses[201] !== SEATS_PER_ROUND || held.statuses[409] !== SEATS_PER_ROUND)
      throw new Error(`two fans for each seat were answered ${JSON.stringify(held.statuses)}`);
    const paid = await group.fire(await payRequests(db, sale, from), round);
    if (paid.statuses[201] !== SEATS_PER_ROUND)
      throw new Error(`payments were answered ${JSON.stringify(paid.statuses)}`);
    return { count: SEATS_PER_ROUND, elapsedMs: held.elapsedMs + paid.elapsedMs };
  };
}

/** Fans 2n and 2n + 1 hold seat n + 1. */
function holdRequests(sale: FundedSale, from: number): Buffer[] {
  return sale.fans.slice(2 * from, 2 * (from + SEATS_PER_ROUND)).map((fan, index) => {
    const place = seatAt(sale, from + Math.floor(index / 2));
    return holdRequest(fan, { ...place, key: `hold-${fan.userId}` });
  });
}

/** Payments of the held seats, read from the database. */
async function payRequests(db: Connection, { eventIds }: FundedSale, from: number): Promise<Buffer[]> {
  const [rows] = await db.query(
    `select r.id, r.user_id from seat join reservation r on r.id = seat.reservation_id
     where seat.concert_event_id = ? and seat.number > ? and seat.number <= ? and seat.status = 'HELD'`,
    [eventIds[0], from, from + SEATS_PER_ROUND],
  );
  return (rows as { id: string; user_id: string }[]).map(({ id, user_id: userId }) =>
    payRequest(userId, id, `pay-${userId}`),
  );
}
