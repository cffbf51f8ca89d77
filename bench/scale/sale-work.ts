import type { Connection } from 'mysql2/promise';
import type { FundedSale } from '../checkout/funded-sale.ts';
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
function holdRequests({ eventId, fans }: FundedSale, from: number): Buffer[] {
  return fans.slice(2 * from, 2 * (from + SEATS_PER_ROUND)).map((fan, index) => {
    const seat = from + Math.floor(index / 2) + 1;
    return holdRequest(fan, { eventId, seat, key: `hold-${fan.userId}` });
  });
}

/** Payments of the held seats, read from the database. */
async function payRequests(db: Connection, { eventId }: FundedSale, from: number): Promise<Buffer[]> {
  const [rows] = await db.query(
    `select r.id, r.user_id from seat join reservation r on r.id = seat.reservation_id
     where seat.concert_event_id = ? and seat.number > ? and seat.number <= ? and seat.status = 'HELD'`,
    [eventId, from, from + SEATS_PER_ROUND],
  );
  return (rows as { id: string; user_id: string }[]).map(({ id, user_id: userId }) =>
    payRequest(userId, id, `pay-${userId}`),
  );
}

/** Throws unless exactly `expected` seats are sold and paid. */
export async function assertSold(db: Connection, { eventId }: FundedSale, expected: number): Promise<void> {
  const [rows] = await db.query(
    `select (select count(*) from seat where concert_event_id = ? and status = 'SOLD') as seats,
      (select count(*) from payment p join reservation r on r.id = p.reservation_id
        where r.concert_event_id = ?) as payments`,
    [eventId, eventId],
  );
  const { seats, payments } = (rows as { seats: number; payments: number }[])[0]!;
  if (seats !== expected || payments !== expected)
    throw new Error(`${seats} seats and ${payments} payments instead of ${expected}`);
}
