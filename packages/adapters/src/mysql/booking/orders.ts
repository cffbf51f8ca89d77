import type { OrderFilter, OrderReads } from '@frontrow/application/ports/booking/orders.ts';
import { type ReservationStatus, reservationAt } from '@frontrow/domain/booking/reservation.ts';
import type { PageRequest } from '@frontrow/application/ports/shared/page.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { fromInstant, statementClock, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import type { Database } from '../schema/schema.ts';
import { reportSales } from './report-sales.ts';
import { reservationsBy, selectReservations, toReservation } from './reservation-rows.ts';

export function createMysqlOrderReads(db: Kysely<Database>): OrderReads {
  return {
    async list(eventId, filter, page) {
      const rows = await selectReservations(db)
        .select(statementClock.as('as_of'))
        .innerJoin(selectPage(db, eventId, filter, page), 'page.id', 'r.id')
        .orderBy('r.id', 'desc')
        .execute();
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

const LAPSED = sql<boolean>`hold_expires_at <= ${statementClock}`;
const LIVE = sql<boolean>`hold_expires_at > ${statementClock}`;

type StoredStatus = { readonly status: ReservationStatus; readonly and?: RawBuilder<boolean> };
/** How reservations with a status are stored. A lapsed hold is EXPIRED, swept or not. */
const STORED: Readonly<Record<ReservationStatus, readonly StoredStatus[]>> = {
  HELD: [{ status: 'HELD', and: LIVE }],
  EXPIRED: [{ status: 'EXPIRED' }, { status: 'HELD', and: LAPSED }],
  CONFIRMED: [{ status: 'CONFIRMED' }],
  CANCELLED: [{ status: 'CANCELLED' }],
  REFUNDED: [{ status: 'REFUNDED' }],
};
const EVERY_STATUS = (Object.keys(STORED) as ReservationStatus[]).map((status): StoredStatus => ({ status }));

/**
 * The ids of a page. The reservations of an event are indexed by status and id: each status contributes at most a page, so
 * that no read exceeds the page however many reservations the event has in other states.
 */
function selectPage(db: Kysely<Database>, eventId: EventId, filter: OrderFilter, page: PageRequest) {
  const { status, userId, seatNumber, from, until } = filter;
  const limit = rowsForPage(page);
  const index = userId === null ? 'reservation_by_event_and_status' : 'reservation_by_user';
  const parts = (status === null ? EVERY_STATUS : STORED[status]).map((stored) => {
    let ids = db
      .selectFrom(reservationsBy(index))
      .select('r.id')
      .where('r.concert_event_id', '=', eventId)
      .where('r.status', '=', stored.status);
    if (stored.and !== undefined) ids = ids.where(stored.and);
    if (userId !== null) ids = ids.where('r.user_id', '=', userId);
    if (seatNumber !== null) ids = ids.where(hasSeat(seatNumber));
    if (from !== null) ids = ids.where('r.created_at', '>=', fromInstant(from));
    if (until !== null) ids = ids.where('r.created_at', '<', fromInstant(until));
    if (page.cursor !== null) ids = ids.where('r.id', '<', page.cursor);
    return ids.orderBy('r.id', 'desc').limit(limit);
  });
  const all = sql`${sql.join(parts, sql` union all `)}`;
  return sql<{ id: string }>`(select id from (${all}) as part order by id desc limit ${limit})`.as<'page'>(
    sql.ref('page'),
  );
}

function hasSeat(seatNumber: number) {
  return sql<boolean>`exists (select 1 from reservation_seat as own
    where own.reservation_id = r.id and own.seat_number = ${seatNumber})`;
}
