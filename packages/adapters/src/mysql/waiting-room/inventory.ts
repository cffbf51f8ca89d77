import type { InventoryReads } from '@frontrow/application/ports/waiting-room/inventory.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { type Kysely, sql } from 'kysely';
import { statementClock, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

/** By the windows alone, which are all in this index. */
const EVENTS_BY_WINDOW = sql<Database['concert_event']>`concert_event`.as<'event'>(
  sql`event force index (concert_event_by_reservation_window)`,
);

export function createMysqlInventoryReads(db: Kysely<Database>): InventoryReads {
  return {
    async count(concertId) {
      const [seats, holders] = await Promise.all([countSeats(db, concertId), findHolders(db, concertId)]);
      const [total, sold] = [Number(seats.total), Number(seats.sold)];
      return { sellable: Number(seats.sellable), isSoldOut: total > 0 && sold === total, holders };
    },
  };
}

function countSeats(db: Kysely<Database>, concertId: ConcertId) {
  const isFree = sql<boolean>`(seat.status = 'AVAILABLE' or (seat.status = 'HELD' and seat.hold_expires_at <= ${statementClock}))`;
  return db
    .selectFrom(EVENTS_BY_WINDOW)
    .innerJoin('seat', 'seat.concert_event_id', 'event.id')
    .select(({ fn }) => [
      fn.countAll().as('total'),
      sql<string | null>`sum(seat.status = 'SOLD')`.as('sold'),
      sql<string | null>`sum(${isFree})`.as('sellable'),
    ])
    .where('event.concert_id', '=', concertId)
    .where('event.reservation_start_at', '<=', statementClock)
    .where('event.reservation_end_at', '>', statementClock)
    .executeTakeFirstOrThrow();
}

async function findHolders(db: Kysely<Database>, concertId: ConcertId) {
  const rows = await db
    .selectFrom('reservation')
    .select(['user_id', 'sequence'])
    .where('concert_id', '=', concertId)
    .where('live_hold', '=', 1)
    .where('hold_expires_at', '>', statementClock)
    .execute();
  return rows.map((row) => ({ userId: row.user_id, sequence: toInteger(row.sequence) }));
}
