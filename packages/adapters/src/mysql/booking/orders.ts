import type {
  SalesReport,
  OrderReads,
  SalesOfHour,
  SeatsAtPrice,
} from '@frontrow/application/ports/booking/orders.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type Kysely, sql } from 'kysely';
import { fromInstant, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { runSql } from '../connection/run-sql.ts';
import type { Database } from '../schema/schema.ts';
import { reservationsBy, selectReservations, toReservation } from './reservation-rows.ts';

const HOUR_MS = 3_600_000;

export function createMysqlOrderReads(db: Kysely<Database>): OrderReads {
  return {
    async list(eventId, { status, userId, seatNumber, from, until }, page) {
      const { cursor } = page;
      // Without the hint, the optimizer may read every reservation in the order of the list.
      const index = userId === null ? 'reservation_by_event' : 'reservation_by_user';
      let orders = selectReservations(db, reservationsBy(index))
        .select(statementClock.as('as_of'))
        .where('r.concert_event_id', '=', eventId);
      if (userId !== null) orders = orders.where('r.user_id', '=', userId);
      if (status !== null) orders = orders.where(hasStatus(status));
      if (seatNumber !== null) orders = orders.where(hasSeat(seatNumber));
      if (from !== null) orders = orders.where('r.created_at', '>=', fromInstant(from));
      if (until !== null) orders = orders.where('r.created_at', '<', fromInstant(until));
      if (cursor !== null) orders = orders.where('r.id', '<', cursor);
      const rows = await orders.orderBy('r.id', 'desc').limit(rowsForPage(page)).execute();
      return toPage(
        rows,
        page,
        ({ id }) => id,
        (row) => reservationAt(toReservation(row), toInstant(row.as_of)),
      );
    },
    async findRecords(reservationId) {
      const changes = await db
        .selectFrom('reservation_change')
        .selectAll()
        .where('reservation_id', '=', reservationId)
        .orderBy('id')
        .execute();
      const refunds = await db
        .selectFrom('refund')
        .select(['refunded_at', 'actor', 'reason', 'amount'])
        .where('reservation_id', '=', reservationId)
        .orderBy('id')
        .execute();
      return {
        changes: changes.map(({ kind, changed_at: at, actor, reason }) => ({
          reservationId,
          kind,
          at: toInstant(at),
          actor,
          reason,
        })),
        refunds: refunds.map(({ refunded_at: at, actor, reason, amount }) => ({
          refundedAt: toInstant(at),
          actor,
          reason,
          amount: toInteger(amount),
        })),
      };
    },
    reportSales: (eventId) => reportSales(db, eventId),
  };
}

/** A lapsed hold is EXPIRED, swept or not. */
function hasStatus(status: string) {
  const lapsed = sql`r.status = 'HELD' and r.hold_expires_at <= ${statementClock}`;
  if (status === 'HELD') return sql<boolean>`r.status = 'HELD' and r.hold_expires_at > ${statementClock}`;
  if (status === 'EXPIRED') return sql<boolean>`(r.status = 'EXPIRED' or (${lapsed}))`;
  return sql<boolean>`r.status = ${status}`;
}

function hasSeat(seatNumber: number) {
  return sql<boolean>`exists (select 1 from reservation_seat as own
    where own.reservation_id = r.id and own.seat_number = ${seatNumber})`;
}

type SalesRow = { readonly as_of: Date } & (
  | {
      readonly kind: 'SEATS';
      readonly bucket: string;
      readonly state: Exclude<keyof SeatsAtPrice, 'price'>;
      readonly number: string;
    }
  | {
      readonly kind: 'PAID' | 'REFUNDED';
      readonly bucket: string;
      readonly number: string;
      readonly amount: string;
    }
);

/** One statement, so that seats and money are of one moment. It reads the seats and the reservations of the event. */
const REPORT_SALES = `select 'SEATS' as kind, now(3) as as_of, s.price as bucket,
    case when s.status = 'SOLD' then if(r.complimentary, 'complimentary', 'sold')
      when s.status = 'HELD' and s.hold_expires_at > now(3) then 'held' else 'available' end as state,
    count(*) as number, null as amount
  from seat s force index (primary) left join reservation r on r.id = s.reservation_id
  where s.concert_event_id = ? group by s.price, state
  union all
  select 'PAID', now(3), timestampdiff(hour, '1970-01-01', p.paid_at) as hour, null, count(*), sum(p.amount)
  from reservation r force index (reservation_by_event) join payment p on p.id = r.payment_id
  where r.concert_event_id = ? and not r.complimentary group by hour
  union all
  select 'REFUNDED', now(3), timestampdiff(hour, '1970-01-01', f.refunded_at) as hour, null, count(*), sum(f.amount)
  from reservation r force index (reservation_by_event) join refund f on f.reservation_id = r.id
  where r.concert_event_id = ? and not r.complimentary group by hour
  order by bucket`;

async function reportSales(db: Kysely<Database>, eventId: EventId): Promise<SalesReport> {
  const { rows } = await runSql<SalesRow>(db, REPORT_SALES, [eventId, eventId, eventId]);
  const byPrice = new Map<number, SeatsAtPrice>();
  const byHour = new Map<number, SalesOfHour>();
  for (const row of rows) {
    const bucket = toInteger(row.bucket);
    const number = toInteger(row.number);
    if (row.kind !== 'SEATS') {
      const hour = bucket * HOUR_MS;
      const of = byHour.get(hour) ?? { hour, payments: 0, paid: 0, refunded: 0 };
      const amount = toInteger(row.amount);
      byHour.set(
        hour,
        row.kind === 'PAID' ? { ...of, payments: number, paid: amount } : { ...of, refunded: amount },
      );
    } else {
      const others = byPrice.get(bucket) ?? {
        price: bucket,
        sold: 0,
        complimentary: 0,
        held: 0,
        available: 0,
      };
      byPrice.set(bucket, { ...others, [row.state]: number });
    }
  }
  const asOf = rows[0] === undefined ? 0 : toInstant(rows[0].as_of);
  return { asOf, byPrice: [...byPrice.values()], byHour: [...byHour.values()] };
}
