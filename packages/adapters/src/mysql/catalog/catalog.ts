import type { Catalog, ConcertDates } from '@frontrow/application/ports/catalog/catalog.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { INSTANT_MAX } from '@frontrow/domain/shared/instant.ts';
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { fromInstant, toInstant, toInteger } from '../connection/columns.ts';
import { rowsForPage, toPage } from '../connection/paginate-rows.ts';
import { toPolicy } from './policies.ts';
import { toSales } from './sales-columns.ts';
import type { Database } from '../schema/schema.ts';

/** Forces the index in the order of the list, because the choice of an index takes longer than the read. */
const EVENTS_BY_START = sql<Database['concert_event']>`concert_event`.as<'concert_event'>(
  sql`concert_event force index (concert_event_by_start)`,
);
const CONCERTS = sql<Database['concert']>`concert`.as<'concert'>(sql`concert`);
/** After a cursor the optimizer would read all concerts to find those of one visibility. */
const CONCERTS_BY_VISIBILITY = sql<Database['concert']>`concert`.as<'concert'>(
  sql`concert force index (concert_by_visibility)`,
);
export const CONCERT_COLUMNS = [
  'id',
  'title',
  'artist',
  'description',
  'visibility',
  'sales_state',
  'sales_reason',
  'version',
] as const;

export function createMysqlCatalog(db: Kysely<Database>): Catalog {
  return {
    async listConcerts(page, visibility, dates) {
      const { cursor } = page;
      const rows = await db
        .selectFrom(visibility === null ? CONCERTS : CONCERTS_BY_VISIBILITY)
        .select(CONCERT_COLUMNS)
        .$if(visibility !== null, (query) => query.where('visibility', '=', visibility))
        .$if(dates !== undefined, (query) => query.where(hasDates(dates!)))
        .$if(cursor !== null, (query) => query.where('id', '>', cursor))
        .orderBy('id')
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, ({ id }) => id, toConcert);
    },
    async findConcert(id) {
      const row = await db
        .selectFrom('concert')
        .select(CONCERT_COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : toConcert(row);
    },
    async listEvents(concertId, page, { order, startsFrom, startsBefore, selling }) {
      const last = page.cursor === null ? null : readCursor(page.cursor);
      if (last === undefined) return { items: [], nextCursor: null };
      const [direction, after] =
        order === 'EARLIEST_FIRST' ? (['asc', '>'] as const) : (['desc', '<'] as const);
      let dates = db.selectFrom(EVENTS_BY_START).selectAll().where('concert_id', '=', concertId);
      if (startsFrom !== null) dates = dates.where('starts_at', '>=', fromInstant(startsFrom));
      if (startsBefore !== null) dates = dates.where('starts_at', '<', fromInstant(startsBefore));
      if (selling !== null)
        dates = dates
          // No event starts before it ends selling, so this skips the events that are over.
          .where('starts_at', '>', fromInstant(selling.from))
          .where('reservation_start_at', '<', fromInstant(selling.until))
          .where('reservation_end_at', '>', fromInstant(selling.from));
      if (last !== null)
        dates = dates
          .where('starts_at', `${after}=`, last.startsAt)
          .where((eb) => eb.or([eb('starts_at', after, last.startsAt), eb('id', after, last.id)]));
      const rows = await dates
        .orderBy('starts_at', direction)
        .orderBy('id', direction)
        .limit(rowsForPage(page))
        .execute();
      return toPage(rows, page, (row) => `${toInstant(row.starts_at)}:${row.id}`, toEvent);
    },
    async findJoinRules(concertId) {
      const row = await db
        .selectFrom('concert as c')
        .leftJoin('concert_event as event', 'event.concert_id', 'c.id')
        .leftJoin('cancellation', 'cancellation.concert_event_id', 'event.id')
        .select('c.policy')
        .select(
          sql<Date | null>`max(least(event.reservation_end_at, coalesce(cancelled_at, event.reservation_end_at)))`.as(
            'sales_end',
          ),
        )
        .where('c.id', '=', concertId)
        .where('c.visibility', '=', 'PUBLISHED')
        .groupBy('c.id')
        .executeTakeFirst();
      if (row === undefined) return null;
      const salesEndAt = row.sales_end === null ? null : toInstant(row.sales_end);
      return { salesEndAt, presale: toPolicy(row.policy).presale };
    },
    async findEvent(id) {
      const row = await db.selectFrom('concert_event').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toEvent(row);
    },
  };
}

/**
 * Looks for one date of each concert, in the order of the list. A scalar subquery, because MySQL turns `exists` into a join
 * that may begin with all dates of all concerts.
 */
function hasDates(dates: ConcertDates): RawBuilder<boolean> {
  if (dates.kind === 'SELLING') {
    const [from, until] = [fromInstant(dates.range.from), fromInstant(dates.range.until)];
    // No date starts before it ends selling.
    const sells = sql`starts_at > ${from} and reservation_start_at < ${until} and reservation_end_at > ${from}`;
    return sql<boolean>`(${dateWhere(sells)}) is not null`;
  }
  const upcoming = dateWhere(sql`starts_at >= ${fromInstant(dates.from)}`);
  return dates.kind === 'UPCOMING'
    ? sql<boolean>`(${upcoming}) is not null`
    : sql<boolean>`(${upcoming}) is null`;
}

function dateWhere(condition: RawBuilder<unknown>) {
  return sql`select 1 from concert_event force index (concert_event_by_start)
    where concert_id = concert.id and ${condition} and concert_event.sales_state <> 'CANCELLED' limit 1`;
}

/** The start and the id of the last event of the page before; undefined for a malformed cursor. */
function readCursor(cursor: string): { startsAt: Date; id: string } | undefined {
  const [, startsAt, id] = /^(\d{1,15}):(.*)$/s.exec(cursor) ?? [];
  if (startsAt === undefined || id === undefined || Number(startsAt) > INSTANT_MAX) return undefined;
  return { startsAt: fromInstant(Number(startsAt)), id };
}

export function toConcert(
  row: Pick<Selectable<Database['concert']>, (typeof CONCERT_COLUMNS)[number]>,
): Concert {
  const { id, title, artist, description, visibility, version } = row;
  return { id, title, artist, description, visibility, sales: toSales(row), version };
}

export function toEvent(row: Selectable<Database['concert_event']>): ConcertEvent {
  return {
    id: row.id,
    concertId: row.concert_id,
    venue: row.venue,
    startsAt: toInstant(row.starts_at),
    timeZone: row.time_zone,
    reservationStartAt: toInstant(row.reservation_start_at),
    reservationEndAt: toInstant(row.reservation_end_at),
    refundUntil: toInstant(row.refund_until),
    seatCount: row.seat_count,
    price: toInteger(row.price),
    layoutVersion: row.layout_version,
    accessibleReleaseAt: row.accessible_release_at === null ? null : toInstant(row.accessible_release_at),
    sales: toSales(row),
    version: row.version,
  };
}
