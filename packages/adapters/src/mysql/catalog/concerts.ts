import type { Concerts } from '@frontrow/application/ports/catalog/catalog.ts';
import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { NewSeat } from '@frontrow/domain/halls/new-seats.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Kysely } from 'kysely';
import { fromInstant } from '../connection/columns.ts';
import { runSql } from '../connection/run-sql.ts';
import { CONCERT_COLUMNS, toConcert, toEvent } from './catalog.ts';
import { toPolicy } from './policies.ts';
import type { Database } from '../schema/schema.ts';

export function createMysqlConcerts(db: Kysely<Database>): Concerts {
  return {
    async add(concert, policy) {
      await db
        .insertInto('concert')
        .values({
          id: concert.id,
          ...concertColumns(concert),
          policy: JSON.stringify(policy),
          room_version: 1,
        })
        .execute();
    },
    async addEvent(event, seats) {
      await db
        .insertInto('concert_event')
        .values({ id: event.id, concert_id: event.concertId, ...eventColumns(event) })
        .execute();
      await writeSeats(db, event, seats);
      await raiseRoomVersion(db, event.concertId).execute();
    },
    async lockPolicy(id) {
      const row = await db
        .selectFrom('concert')
        .select('policy')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? null : toPolicy(row.policy);
    },
    async arrangeSeats(id, seats) {
      const { concert_id: concertId } = await db
        .selectFrom('concert_event')
        .select('concert_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      await writeSeats(db, { id, concertId }, seats);
    },
    async repriceSeats({ id, price }) {
      await db.updateTable('seat').set({ next_price: price }).where('concert_event_id', '=', id).execute();
    },
    async hasEventAt({ concertId, venue, startsAt }) {
      const row = await db
        .selectFrom('concert_event')
        .select('id')
        .where('concert_id', '=', concertId)
        .where('starts_at', '=', fromInstant(startsAt))
        .where('venue', '=', venue)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async removeEvent({ id, concertId }) {
      if (!(await deleteEvents(db, concertId, [id]))) return false;
      await raiseRoomVersion(db, concertId).execute();
      return true;
    },
    async removeConcert(id) {
      const events = await db
        .selectFrom('concert_event')
        .select('id')
        .where('concert_id', '=', id)
        .forUpdate()
        .execute();
      const ids = events.map((event) => event.id);
      if (ids.length > 0 && !(await deleteEvents(db, id, ids))) return false;
      await db.deleteFrom('sale_code_use').where('concert_id', '=', id).execute();
      await db.deleteFrom('sale_code').where('concert_id', '=', id).execute();
      await db.deleteFrom('concert').where('id', '=', id).execute();
      return true;
    },
    lockConcert: (id) => lockConcert(db, id),
    async lockEvent(id) {
      const event = await db
        .selectFrom('concert_event')
        .select('concert_id')
        .where('id', '=', id)
        .executeTakeFirst();
      if (event === undefined || (await lockConcert(db, event.concert_id)) === null) return null;
      const row = await db
        .selectFrom('concert_event')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? null : toEvent(row);
    },
    async saveConcert(concert) {
      await raiseRoomVersion(db, concert.id).set(concertColumns(concert)).execute();
    },
    async saveEvent(event) {
      await db.updateTable('concert_event').set(eventColumns(event)).where('id', '=', event.id).execute();
      await raiseRoomVersion(db, event.concertId).execute();
    },
    async savePolicy(id, policy) {
      await raiseRoomVersion(db, id)
        .set({ policy: JSON.stringify(policy) })
        .execute();
    },
  };
}

function concertColumns({ title, artist, description, visibility, sales, version }: Concert) {
  return {
    title,
    artist,
    description,
    visibility,
    sales_state: sales.state,
    sales_reason: sales.reason,
    version,
  };
}

function eventColumns(event: ConcertEvent) {
  return {
    venue: event.venue,
    starts_at: fromInstant(event.startsAt),
    time_zone: event.timeZone,
    reservation_start_at: fromInstant(event.reservationStartAt),
    reservation_end_at: fromInstant(event.reservationEndAt),
    refund_until: fromInstant(event.refundUntil),
    seat_count: event.seatCount,
    price: event.price,
    layout_version: event.layoutVersion,
    accessible_release_at: event.accessibleReleaseAt === null ? null : fromInstant(event.accessibleReleaseAt),
    sales_state: event.sales.state,
    sales_reason: event.sales.reason,
    version: event.version,
  };
}

async function lockConcert(db: Kysely<Database>, id: ConcertId): Promise<Concert | null> {
  const row = await db
    .selectFrom('concert')
    .select(CONCERT_COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toConcert(row);
}

/** Deletes the seats first, which waits for the holds that are being made. */
async function deleteEvents(
  db: Kysely<Database>,
  concertId: ConcertId,
  ids: readonly EventId[],
): Promise<boolean> {
  await db.deleteFrom('seat').where('concert_event_id', 'in', ids).execute();
  const reserved = await db
    .selectFrom('reservation')
    .select('id')
    .where('concert_id', '=', concertId)
    .where('concert_event_id', 'in', ids)
    .limit(1)
    .executeTakeFirst();
  if (reserved !== undefined) return false;
  await db.deleteFrom('event_layout').where('concert_event_id', 'in', ids).execute();
  await db.deleteFrom('concert_event').where('id', 'in', ids).execute();
  return true;
}

/** About 100 KB. Each statement has a time limit of its own. */
const SEATS_PER_STATEMENT = 2_000;

async function writeSeats(
  db: Kysely<Database>,
  { id, concertId }: Pick<ConcertEvent, 'id' | 'concertId'>,
  seats: readonly NewSeat[],
): Promise<void> {
  for (let start = 0; start < seats.length; start += SEATS_PER_STATEMENT) {
    const rows = seats
      .slice(start, start + SEATS_PER_STATEMENT)
      .map(({ number, price, category, blockReason }) => [
        id,
        concertId,
        number,
        price,
        category,
        blockReason === null ? 'AVAILABLE' : 'BLOCKED',
        blockReason,
      ]);
    await runSql(db, WRITE_SEATS, [rows]);
  }
}

const WRITE_SEATS = `insert into seat (concert_event_id, concert_id, number, price, category, status, block_reason)
  values ? as arranged on duplicate key update category = arranged.category, next_price = arranged.price`;

function raiseRoomVersion(db: Kysely<Database>, id: ConcertId) {
  return db
    .updateTable('concert')
    .set((eb) => ({ room_version: eb('room_version', '+', 1) }))
    .where('id', '=', id);
}
