import type { Connection, RowDataPacket } from 'mysql2/promise';

/** A reservation that has its seats now: paid, or held with time left at the moment of the audit. */
const OWNS = `(r.status = 'CONFIRMED' or (r.status = 'HELD' and r.hold_expires_at > @audited_at))`;

/** Each query answers the rows that break the rule that it is named after. */
const RULES: Readonly<Record<string, string>> = {
  'a seat has at most one live hold or sale': `
    select r.concert_event_id, s.seat_number, count(*) as owners
    from reservation r join reservation_seat s on s.reservation_id = r.id
    where ${OWNS} group by 1, 2 having owners > 1`,

  'the seats of a live hold or sale say so': `
    select r.id, r.status, s.seat_number, seat.status as seat_status, seat.reservation_id
    from reservation r join reservation_seat s on s.reservation_id = r.id
    left join seat on seat.concert_event_id = r.concert_event_id and seat.number = s.seat_number
    where ${OWNS} and not (seat.reservation_id <=> r.id
      and seat.status <=> if(r.status = 'CONFIRMED', 'SOLD', 'HELD')
      and (r.status = 'CONFIRMED' or seat.hold_expires_at <=> r.hold_expires_at))`,

  'a sold or held seat belongs to a reservation of that seat': `
    select seat.concert_event_id, seat.number, seat.status
    from seat left join reservation r on r.id = seat.reservation_id and ${OWNS}
    left join reservation_seat s on s.reservation_id = r.id and s.seat_number = seat.number
    where (seat.status = 'SOLD' or (seat.status = 'HELD' and seat.hold_expires_at > @audited_at))
      and s.seat_number is null`,

  'a live reservation has all its seats at their prices': `
    select r.id, r.total_amount, sum(seat.price) as seats_cost from reservation r
    left join reservation_seat s on s.reservation_id = r.id
    left join seat on seat.concert_event_id = r.concert_event_id and seat.number = s.seat_number
    where ${OWNS} group by r.id having not (seats_cost <=> r.total_amount)`,

  'a user has at most one live hold in a concert': `
    select r.concert_id, r.user_id, count(*) as holds from reservation r
    where r.status = 'HELD' and r.hold_expires_at > @audited_at group by 1, 2 having holds > 1`,

  'what is confirmed or refunded was paid, once, with its amount': `
    select r.id, r.status, r.total_amount, p.id as payment_id, p.amount from reservation r
    left join payment p on p.reservation_id = r.id
    where (r.status in ('CONFIRMED', 'REFUNDED')) <> (p.id is not null)
      or (p.id is not null and (p.amount <> r.total_amount or not (p.id <=> r.payment_id)
        or p.user_id <> r.user_id))`,

  'a payment is one debit of its payer': `
    select p.id, p.amount, count(e.id) as debits from payment p
    left join wallet_entry e on e.kind = 'PAYMENT' and e.payment_id = p.id
      and e.user_id = p.user_id and e.amount = -p.amount
    group by p.id, p.amount having debits <> 1`,

  'a debit is for a payment': `
    select e.id from wallet_entry e left join payment p on p.id = e.payment_id
    where e.kind = 'PAYMENT' and p.id is null`,

  'a balance is the sum of its ledger, entry by entry, and never negative': `
    select user_id, entry_number, balance_after from (
      select user_id, entry_number, balance_after,
        sum(amount) over (partition by user_id order by entry_number) as summed from wallet_entry) ledger
    where balance_after <> summed or balance_after < 0
    union all
    select w.user_id, w.entry_count, w.balance from wallet w
    left join (select user_id, sum(amount) as summed from wallet_entry group by user_id) l using (user_id)
    where w.balance <> coalesce(l.summed, 0) or w.balance < 0`,

  'a paid place has ended for good': `
    select r.id from reservation r left join queue_end q
      on q.concert_id = r.concert_id and q.user_id = r.user_id and q.sequence = r.sequence
    where r.status = 'CONFIRMED' and q.sequence is null`,
};

/**
 * What breaks an invariant of seats and money, rule by rule: empty when all is well. Looks at one moment, while others
 * may go on writing.
 */
export async function findViolations(db: Connection): Promise<Record<string, unknown[]>> {
  const violations: Record<string, unknown[]> = {};
  await db.query(`set session transaction isolation level repeatable read`);
  await db.query(`start transaction with consistent snapshot, read only`);
  try {
    await db.query(`set @audited_at = sysdate(3)`);
    for (const [rule, query] of Object.entries(RULES)) {
      const [rows] = await db.query<RowDataPacket[]>(query);
      if (rows.length > 0) violations[rule] = rows.slice(0, 5);
    }
  } finally {
    await db.query('commit');
  }
  return violations;
}
