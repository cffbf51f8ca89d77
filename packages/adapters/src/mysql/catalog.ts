import type { Catalog } from '@frontrow/application/ports/catalog.ts';
import type { ConcertEvent } from '@frontrow/domain/concert.ts';
import type { Kysely, Selectable } from 'kysely';
import { toInstant, toInteger } from './columns.ts';
import { rowsForPage, toPage } from './page.ts';
import type { Database } from './schema.ts';

const CONCERT_COLUMNS = ['id', 'title', 'artist', 'description'] as const;

export function createMysqlCatalog(db: Kysely<Database>): Catalog {
  return {
    async listConcerts(page) {
      const { cursor } = page;
      const rows = await db
        .selectFrom('concert')
        .select(CONCERT_COLUMNS)
        .$if(cursor !== null, (query) => query.where('id', '>', cursor))
        .orderBy('id')
        .limit(rowsForPage(page))
        .execute();
      return toPage(
        rows,
        page,
        ({ id }) => id,
        (row) => row,
      );
    },
    async findConcert(id) {
      const row = await db
        .selectFrom('concert')
        .select(CONCERT_COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },
    async listEvents(concertId) {
      const rows = await db
        .selectFrom('concert_event')
        .selectAll()
        .where('concert_id', '=', concertId)
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
      return rows.map(toEvent);
    },
    async findEvent(id) {
      const row = await db.selectFrom('concert_event').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toEvent(row);
    },
  };
}

export function toEvent(row: Selectable<Database['concert_event']>): ConcertEvent {
  return {
    id: row.id,
    concertId: row.concert_id,
    venue: row.venue,
    startsAt: toInstant(row.starts_at),
    reservationStartAt: toInstant(row.reservation_start_at),
    reservationEndAt: toInstant(row.reservation_end_at),
    refundUntil: toInstant(row.refund_until),
    seatCount: row.seat_count,
    price: toInteger(row.price),
  };
}
