import { SALES_RUNNING } from '@frontrow/domain/catalog/sales.ts';
import type { SeatReads } from '@frontrow/application/ports/booking/seats.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { EndReason, Place } from '@frontrow/domain/waiting-room/queue-token.ts';
import { sum } from '@frontrow/domain/shared/money.ts';
import { seatAt } from '@frontrow/domain/booking/seat.ts';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { type SalesRows, toSalesOfBoth } from '../catalog/sales-columns.ts';
import { ACCEPTS_WRITES, acceptsWrites } from '../connection/accepts-writes.ts';
import { statementClock, toInstant, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';
import { createFindAvailability } from './seat-availability.ts';
import { type SeatRow, toSeat } from './seat-rows.ts';
import { createReadStates, createReadStatesForStaff } from './seat-states.ts';

/** What is the same for all rows, selected with the first seat alone. Every event has a seat 1. */
type FirstRowOnly = {
  readonly as_of: Date | null;
  readonly event: (SalesRows & { readonly layout_version: number; readonly price: number }) | null;
  readonly ended: readonly [sequence: number, userId: string, reason: EndReason][] | null;
};

/** Other indexes have the event first as well, but not the status. */
const SEATS_BY_KEY = sql<Database['seat']>`seat`.as<'seat'>(sql`seat force index (primary)`);

/** Reads by one statement, so that all of the answer is of one snapshot and costs one round trip. */
export function createMysqlSeatReads(db: Kysely<Database>): SeatReads {
  return {
    findAvailability: createFindAvailability(db),
    readStates: createReadStates(db),
    readStatesForStaff: createReadStatesForStaff(db),
    async list(eventId, places) {
      const concertId = places[0]?.concertId ?? '';
      const query = CompiledQuery.raw(statementFor(places), [concertId, eventId, eventId]);
      const { rows } = await db.executeQuery<SeatRow & FirstRowOnly>(query);
      const [first] = rows;
      if (first === undefined || first.event === null)
        return { seats: [], event: null, sales: SALES_RUNNING, ended: [], asOf: null };
      invariant(first.as_of !== null, `the seats of ${eventId} do not begin with number 1`);
      const asOf = toInstant(first.as_of);
      return {
        asOf,
        event: { layoutVersion: first.event.layout_version, price: first.event.price },
        sales: toSalesOfBoth(first.event),
        seats: rows.map((row) => seatAt(toSeat(eventId, row), asOf)),
        ended: (first.ended ?? []).map(([sequence, userId, reason]) => ({
          concertId,
          userId,
          sequence,
          reason,
        })),
      };
    },
    async countAvailable(eventIds) {
      const isFree = sql`status = 'AVAILABLE' or (status = 'HELD' and hold_expires_at <= ${statementClock})`;
      const rows = await db
        .selectFrom(SEATS_BY_KEY)
        .select([
          'concert_event_id',
          'category',
          sql<string>`sum(${isFree})`.as('count'),
          statementClock.as('as_of'),
        ])
        .where('concert_event_id', 'in', eventIds)
        .where(acceptsWrites)
        .groupBy(['concert_event_id', 'category'])
        .execute();
      return new Map(
        [...Map.groupBy(rows, (row) => row.concert_event_id)].map(([eventId, [first, ...others]]) => {
          const counts = [first!, ...others].map((row) => [row.category, toInteger(row.count)] as const);
          return [
            eventId,
            {
              count: sum(counts.map(([, count]) => count)),
              byCategory: new Map(counts),
              asOf: toInstant(first!.as_of),
            },
          ];
        }),
      );
    },
  };
}

/**
 * Sequences are literals, because a parameter for each takes longer than the query. The hint skips the index dives, which
 * take as long. No place has the sequence 0, which keeps the list from being empty.
 */
function statementFor(places: readonly Place[]): string {
  const sequences = [0, ...places.map(({ sequence }) => sequence)];
  return `select /*+ set_var(eq_range_index_dive_limit = 1) */ number, price, next_price, status, reservation_id, hold_expires_at,
    if(number = 1, now(3), null) as as_of,
    if(number = 1, (
      select json_arrayagg(json_array(sequence, user_id, reason)) from queue_end
      where concert_id = ? and sequence in (${sequences.join()})), null) as ended,
    if(number = 1, (
      select json_object('layout_version', event.layout_version, 'price', event.price, 'sales_state', event.sales_state, 'sales_reason', event.sales_reason,
        'concert_sales_state', concert.sales_state, 'concert_sales_reason', concert.sales_reason)
      from concert_event event join concert on concert.id = event.concert_id
      where event.id = ? and concert.visibility = 'PUBLISHED'), null) as event
  from seat force index (primary) where concert_event_id = ? and ${ACCEPTS_WRITES} order by number`;
}
