import type { InventoryReads } from '@frontrow/application/ports/waiting-room/inventory.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { CountedDate } from '@frontrow/domain/waiting-room/inventory.ts';
import { type Kysely, sql } from 'kysely';
import { statementClock, toInstant, toInteger } from '../connection/columns.ts';
import type { Database } from '../schema/schema.ts';

/** By the windows alone, which are all in this index. */
const EVENTS_BY_WINDOW = sql<Database['concert_event']>`concert_event`.as<'event'>(
  sql`event force index (concert_event_by_reservation_window)`,
);

export function createMysqlInventoryReads(db: Kysely<Database>): InventoryReads {
  return {
    async count(concertId) {
      const [dates, holders, seatsReturned] = await Promise.all([
        countSeats(db, concertId),
        findHolders(db, concertId),
        sumReturned(db, concertId),
      ]);
      return {
        sellable: dates.reduce((sum, { sellable }) => sum + Number(sellable), 0),
        dates: dates.map(toCountedDate),
        holders,
        seatsReturned,
      };
    },
  };
}

export async function countDates(db: Kysely<Database>, concertId: ConcertId): Promise<CountedDate[]> {
  return (await countSeats(db, concertId)).map(toCountedDate);
}

function toCountedDate({
  unsold,
  reservation_end_at: end,
}: {
  readonly unsold: string;
  readonly reservation_end_at: Date;
}): CountedDate {
  return { unsold: Number(unsold), reservationEndAt: toInstant(end) };
}

/** Dates with the same booking window are counted as one. In the order of the index, MySQL groups without a temporary table. */
function countSeats(db: Kysely<Database>, concertId: ConcertId) {
  const isFree = sql<boolean>`(seat.status = 'AVAILABLE' or (seat.status = 'HELD' and seat.hold_expires_at <= ${statementClock}))`;
  return db
    .selectFrom(EVENTS_BY_WINDOW)
    .innerJoin('seat', 'seat.concert_event_id', 'event.id')
    .select([
      'event.reservation_end_at',
      sql<string>`sum(seat.status in ('AVAILABLE', 'HELD'))`.as('unsold'),
      sql<string>`sum(${isFree})`.as('sellable'),
    ])
    .where('event.concert_id', '=', concertId)
    .where('event.reservation_start_at', '<=', statementClock)
    .where('event.reservation_end_at', '>', statementClock)
    .where('event.sales_state', '<>', 'CANCELLED')
    .groupBy(['event.reservation_start_at', 'event.reservation_end_at'])
    .execute();
}

/** Skips the refunds that returned nothing: those of a cancelled date, of which there can be many. */
async function sumReturned(db: Kysely<Database>, concertId: ConcertId): Promise<number> {
  const row = await db
    .selectFrom('refund')
    .select(sql<string>`coalesce(sum(seats_returned), 0)`.as('returned'))
    .where('concert_id', '=', concertId)
    .where('seats_returned', '>', 0)
    .executeTakeFirstOrThrow();
  return Number(row.returned);
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
