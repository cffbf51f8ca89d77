import type {
  SalesOfHour,
  SalesReport,
  SeatTotals,
  SeatsAtPrice,
  SeatsOfCategory,
} from '@frontrow/application/ports/booking/orders.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { toInstant, toInteger } from '../connection/columns.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';

const HOUR_MS = 3_600_000;

type SeatsRow = {
  readonly kind: 'SEATS';
  readonly bucket: string;
  readonly category: string;
  readonly state: keyof SeatTotals;
  readonly number: string;
};
type HourRow = {
  readonly kind: 'PAID' | 'REFUNDED';
  readonly bucket: string;
  readonly number: string;
  readonly amount: string;
};
type RefundedSeatsRow = {
  readonly kind: 'REFUNDED_SEATS';
  readonly category: string;
  readonly number: string;
};
type SalesRow = { readonly as_of: Date } & (SeatsRow | HourRow | RefundedSeatsRow);

/** One statement, so that seats and money are of one moment. It reads the seats, sales and refunds of the event. */
const REPORT_SALES = `select 'SEATS' as kind, now(3) as as_of, s.price as bucket, s.category,
    case when s.status = 'SOLD' then if(r.complimentary, 'complimentary', 'sold')
      when s.status = 'BLOCKED' then 'blocked'
      when s.status = 'HELD' and s.hold_expires_at > now(3) then 'held' else 'available' end as state,
    count(*) as number, null as amount
  from seat s force index (primary) left join reservation r on r.id = s.reservation_id
  where s.concert_event_id = ? group by s.price, s.category, state
  union all
  select 'PAID', now(3), timestampdiff(hour, '1970-01-01', p.paid_at) as hour, 0, null, count(*), sum(p.amount)
  from reservation r force index (reservation_by_event_and_status) join payment p on p.id = r.payment_id
  where r.concert_event_id = ? and r.status in ('CONFIRMED', 'REFUNDED') and not r.complimentary group by hour
  union all
  select 'REFUNDED', now(3), timestampdiff(hour, '1970-01-01', f.refunded_at) as hour, 0, null, count(*), sum(f.amount)
  from refund f force index (refund_by_event) join reservation r on r.id = f.reservation_id
  where f.concert_event_id = ? and not r.complimentary group by hour
  union all
  select 'REFUNDED_SEATS', now(3), 0, s.category, null, count(*), null
  from refund f force index (refund_by_event) join reservation r on r.id = f.reservation_id
    join refund_seat back on back.reservation_id = f.reservation_id and back.refund_id = f.id
    join seat s force index (primary) on s.concert_event_id = f.concert_event_id and s.number = back.seat_number
  where f.concert_event_id = ? and not r.complimentary group by s.category
  order by bucket`;

const NO_SEATS: SeatTotals = { sold: 0, complimentary: 0, held: 0, available: 0, blocked: 0 };

export async function reportSales(db: Kysely<Database>, eventId: EventId): Promise<SalesReport> {
  const { rows } = await runSql<SalesRow>(db, REPORT_SALES, [eventId, eventId, eventId, eventId]);
  const ofKind = <Kind extends SalesRow['kind']>(kind: Kind) =>
    rows.filter((row): row is Extract<SalesRow, { kind: Kind }> => row.kind === kind);
  const seats = ofKind('SEATS');
  return {
    asOf: rows[0] === undefined ? 0 : toInstant(rows[0].as_of),
    byPrice: countByPrice(seats),
    byCategory: countByCategory(seats, ofKind('REFUNDED_SEATS')),
    byHour: sumByHour([...ofKind('PAID'), ...ofKind('REFUNDED')]),
  };
}

function countByPrice(rows: readonly SeatsRow[]): readonly SeatsAtPrice[] {
  const byPrice = Map.groupBy(rows, ({ bucket }) => toInteger(bucket));
  return [...byPrice].map(([price, group]) => ({ price, ...totalsOf(group) }));
}

function countByCategory(
  rows: readonly SeatsRow[],
  refunded: readonly RefundedSeatsRow[],
): readonly SeatsOfCategory[] {
  const refundedOf = new Map(
    refunded.map(({ category, number }) => [toInteger(category), toInteger(number)]),
  );
  return [...Map.groupBy(rows, ({ category }) => toInteger(category))]
    .map(([category, group]) => ({
      category,
      ...totalsOf(group),
      refunded: refundedOf.get(category) ?? 0,
      revenue: group
        .filter(({ state }) => state === 'sold')
        .reduce((revenue, { bucket, number }) => revenue + toInteger(bucket) * toInteger(number), 0),
    }))
    .toSorted((a, b) => a.category - b.category);
}

function totalsOf(rows: readonly SeatsRow[]): SeatTotals {
  const totals = { ...NO_SEATS };
  for (const { state, number } of rows) totals[state] += toInteger(number);
  return totals;
}

function sumByHour(rows: readonly HourRow[]): readonly SalesOfHour[] {
  return [...Map.groupBy(rows, ({ bucket }) => toInteger(bucket))]
    .map(([hour, group]) => {
      const of = { hour: hour * HOUR_MS, payments: 0, paid: 0, refunded: 0 };
      for (const { kind, number, amount } of group)
        if (kind === 'REFUNDED') of.refunded = toInteger(amount);
        else [of.payments, of.paid] = [toInteger(number), toInteger(amount)];
      return of;
    })
    .toSorted((a, b) => a.hour - b.hour);
}
