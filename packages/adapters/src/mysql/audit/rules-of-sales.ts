import { PAYMENT_FAILURE_CODES } from '@frontrow/domain/payments/failed-payment.ts';
import { TICKET_TTL_MS } from '@frontrow/domain/shared/limits.ts';

/** A reservation that has its seats now: paid, or held with time left at the moment of the audit. */
const OWNS = `(r.status = 'CONFIRMED' or (r.status = 'HELD' and r.hold_expires_at > @audited_at))`;

/** The seats `s` of the reservation `r` that are not refunded. */
const OWN_SEATS = `(
    select reservation_id, seat_number from reservation_seat left join refund_seat using (reservation_id, seat_number)
    where refund_id is null) s on s.reservation_id = r.id`.trim();

/** Of the seat `s` while it is free: its own price is that of its hold or sale where they differ. */
const PRESENT_PRICE = `coalesce(s.next_price, s.price)`;

/** Each query selects the rows that break the rule that it is named after. They bind @audited_at. */
export const RULES_OF_SALES: Readonly<Record<string, string>> = {
  'a seat has at most one live hold or sale': `
    select r.concert_event_id, s.seat_number, count(*) as owners
    from reservation r join ${OWN_SEATS}
    where ${OWNS} group by 1, 2 having owners > 1`,

  'the seats of a live hold or sale say so': `
    select r.id, r.status, s.seat_number, seat.status as seat_status, seat.reservation_id
    from reservation r join ${OWN_SEATS}
    left join seat on seat.concert_event_id = r.concert_event_id and seat.number = s.seat_number
    where ${OWNS} and not (seat.reservation_id <=> r.id
      and seat.status <=> if(r.status = 'CONFIRMED', 'SOLD', 'HELD')
      and (r.status = 'CONFIRMED' or seat.hold_expires_at <=> r.hold_expires_at))`,

  'a sold or held seat belongs to a reservation of that seat': `
    select seat.concert_event_id, seat.number, seat.status
    from seat left join reservation r on r.id = seat.reservation_id and ${OWNS}
    left join ${OWN_SEATS} and s.seat_number = seat.number
    where (seat.status = 'SOLD' or (seat.status = 'HELD' and seat.hold_expires_at > @audited_at))
      and s.seat_number is null`,

  'a seat has a reason if and only if it is blocked, and a blocked one has no reservation': `
    select seat.concert_event_id, seat.number, seat.status, seat.block_reason, seat.reservation_id from seat
    where (seat.status = 'BLOCKED') <> (seat.block_reason is not null)
      or (seat.status = 'BLOCKED' and seat.reservation_id is not null)`,

  'a live reservation has all its seats at their prices': `
    select r.id, r.total_amount - r.refunded_amount as amount,
      sum(if(r.complimentary, 0, seat.price)) as seats_cost from reservation r
    left join ${OWN_SEATS}
    left join seat on seat.concert_event_id = r.concert_event_id and seat.number = s.seat_number
    where ${OWNS} group by r.id having not (seats_cost <=> amount) or count(seat.number) < count(*)`,

  'a user has at most one live hold in a concert': `
    select r.concert_id, r.user_id, count(*) as holds from reservation r
    where r.status = 'HELD' and r.hold_expires_at > @audited_at group by 1, 2 having holds > 1`,

  'what is confirmed or refunded was paid, once, with its amount': `
    select r.id, r.status, r.total_amount, p.id as payment_id, p.amount from reservation r
    left join payment p on p.reservation_id = r.id
    where (r.status in ('CONFIRMED', 'REFUNDED')) <> (p.id is not null)
      or (p.id is not null and (p.amount <> r.total_amount or not (p.id <=> r.payment_id)
        or p.user_id <> r.user_id))`,

  // Once a reservation is paid, no payment is refused for the hold, the sale or the wallet.
  'a failed payment is of a reservation of the same user, with a code that its state allows': `
    select f.id, f.reservation_id, f.user_id, f.failure_code, p.paid_at from failed_payment f
    left join reservation r on r.id = f.reservation_id and r.user_id = f.user_id
    left join payment p on p.reservation_id = f.reservation_id
    where r.id is null or f.failure_code not in (${PAYMENT_FAILURE_CODES.map((code) => `'${code}'`).join(', ')})
      or (f.failure_code <> 'RESERVATION_NOT_HELD' and f.failed_at > p.paid_at)`,

  // Ends are purged when no ticket of their place can restore it. An end is not older than a hold with the place.
  'a paid place has ended for good': `
    select r.id from reservation r left join queue_end q
      on q.concert_id = r.concert_id and q.user_id = r.user_id and q.sequence = r.sequence
    where r.status = 'CONFIRMED' and not r.complimentary and q.sequence is null
      and r.created_at > @audited_at - interval ${TICKET_TTL_MS * 1_000} microsecond`,

  'only what staff have given has no place, and costs nothing': `
    select r.id, r.status, r.complimentary, r.sequence, r.total_amount, count(c.id) as given from reservation r
    left join reservation_change c on c.reservation_id = r.id and c.kind = 'GIVEN' and c.reason is not null
    group by r.id
    having not if(r.complimentary,
      r.sequence = 0 and r.total_amount = 0 and r.status in ('CONFIRMED', 'REFUNDED') and given = 1,
      r.sequence > 0 and given = 0)`,

  'a live hold is marked as one': `
    select r.id, r.live_hold, r.hold_expires_at from reservation r
    where r.status = 'HELD' and r.hold_expires_at > @audited_at and r.live_hold is null`,

  'a live hold ends by the start of its date': `
    select r.id, r.hold_expires_at, e.starts_at from reservation r
    join concert_event e on e.id = r.concert_event_id
    where r.status = 'HELD' and r.hold_expires_at > @audited_at and r.hold_expires_at > e.starts_at`,

  'a reservation is for a date of its concert': `
    select r.id, r.concert_id, e.concert_id as concert_of_date from reservation r
    left join concert_event e on e.id = r.concert_event_id
    where not (e.concert_id <=> r.concert_id)`,

  'a date has its seats, numbered from 1, and shows the price of the cheapest': `
    select e.id, e.seat_count, count(s.number) as seats, min(s.number) as first, max(s.number) as last,
      e.price, min(${PRESENT_PRICE}) as lowest
    from concert_event e left join seat s on s.concert_event_id = e.id
    group by e.id
    having not (seats <=> e.seat_count and first <=> 1 and last <=> e.seat_count and lowest <=> e.price)`,

  'a date has every version of its layout, and no other': `
    select e.id, e.layout_version, count(l.version) as versions, min(l.version) as first, max(l.version) as last
    from concert_event e left join event_layout l on l.concert_event_id = e.id
    group by e.id
    having versions <> e.layout_version or first <> 1 or last <> e.layout_version
    union all
    select l.concert_event_id, null, count(*), min(l.version), max(l.version) from event_layout l
    left join concert_event e on e.id = l.concert_event_id where e.id is null group by 1`,

  // The present price of a seat that is taken is the one that it has once it is free again.
  'a seat has a category of its layout, at the price of the category': `
    select e.id, s.number, s.category, ${PRESENT_PRICE} as present_price
    from concert_event e join seat s on s.concert_event_id = e.id
    left join event_layout l on l.concert_event_id = e.id and l.version = e.layout_version
    where if(e.layout_version = 0, s.category <> 0 or ${PRESENT_PRICE} <> e.price,
      not (${PRESENT_PRICE} <=> json_extract(l.categories, concat('$[', s.category, '].price'))))`,

  'a category has the seats of its layout': `
    select e.id, c.position - 1 as category, c.seat_count, s.seats
    from concert_event e join event_layout l on l.concert_event_id = e.id and l.version = e.layout_version
    join json_table(l.categories, '$[*]' columns (position for ordinality, seat_count int path '$.seatCount')) c
    left join (
      select s.concert_event_id, s.category, count(*) as seats
      from concert_event e join seat s on s.concert_event_id = e.id where e.layout_version > 0 group by 1, 2
    ) s on s.concert_event_id = e.id and s.category = c.position - 1
    where coalesce(s.seats, 0) <> c.seat_count`,

  'nothing is held with a place that has been paid': `
    select r.id, r.created_at, q.created_at as paid_at from reservation r
    join queue_end q on q.concert_id = r.concert_id and q.user_id = r.user_id and q.sequence = r.sequence
      and q.reason = 'COMPLETED'
    where r.created_at > q.created_at`,

  'a refund is of a reservation that was paid by the same user': `
    select f.id, f.reservation_id from refund f
    left join reservation r on r.id = f.reservation_id and r.status in ('CONFIRMED', 'REFUNDED')
      and r.payment_id = f.payment_id and r.user_id = f.user_id and r.concert_event_id = f.concert_event_id
    where r.id is null`,

  'a reservation has paid back the sum of its refunds, and no more than was paid': `
    select r.id, r.refunded_amount, f.amount from reservation r
    left join (select reservation_id, sum(amount) as amount from refund group by 1) f on f.reservation_id = r.id
    where r.refunded_amount <> coalesce(f.amount, 0) or r.refunded_amount not between 0 and r.total_amount`,

  'a refunded seat is one of its reservation, and of its refund': `
    select s.reservation_id, s.seat_number from refund_seat s
    left join reservation_seat bought using (reservation_id, seat_number)
    left join refund f on f.id = s.refund_id and f.reservation_id = s.reservation_id
    where bought.seat_number is null or f.id is null
    union all
    select f.reservation_id, null from refund f left join refund_seat s on s.refund_id = f.id where s.refund_id is null`,

  'a reservation is REFUNDED once all its seats are': `
    select r.id, r.status, count(*) as seats, count(refund_id) as refunded from reservation r
    join reservation_seat s on s.reservation_id = r.id
    left join refund_seat f on f.reservation_id = r.id and f.seat_number = s.seat_number
    group by r.id, r.status having (r.status = 'REFUNDED') <> (seats = refunded)`,

  'a checked-in seat was paid for': `
    select c.reservation_id, c.seat_number, r.status from gate_check_in c
    left join reservation r on r.id = c.reservation_id and r.concert_event_id = c.concert_event_id
    left join reservation_seat s on s.reservation_id = c.reservation_id and s.seat_number = c.seat_number
    where s.seat_number is null or not (r.status <=> 'CONFIRMED' or r.status <=> 'REFUNDED')`,

  'a sale code counts its uses, and has no more than it may': `
    select c.id, c.uses, c.uses_max, count(u.user_id) as used from sale_code c
    left join sale_code_use u on u.sale_code_id = c.id
    group by c.id, c.uses, c.uses_max having c.uses <> used or c.uses > c.uses_max`,

  'a use is of a sale code of its concert': `
    select u.concert_id, u.user_id, u.sale_code_id from sale_code_use u
    left join sale_code c on c.id = u.sale_code_id and c.concert_id = u.concert_id where c.id is null`,

  'a refunded seat is not checked in afterwards': `
    select c.reservation_id, c.seat_number, c.checked_in_at, f.refunded_at from gate_check_in c
    join refund_seat s using (reservation_id, seat_number) join refund f on f.id = s.refund_id
    where c.checked_in_at > f.refunded_at`,

  'a cancelled date whose cancellation is finished has no reservation left': `
    select r.id, r.status, c.finished_at from cancellation c
    join reservation r on r.concert_event_id = c.concert_event_id and r.status in ('HELD', 'CONFIRMED')
    where c.finished_at is not null
    union all
    select e.id, e.sales_state, null from concert_event e left join cancellation c on c.concert_event_id = e.id
    where (e.sales_state = 'CANCELLED') <> (c.concert_event_id is not null)`,
};
