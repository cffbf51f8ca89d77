import { type Kysely, sql } from 'kysely';

/**
 * Changes what `pnpm bench indexes` has measured: docs/decisions/0016-read-seats-by-their-primary-key.md and
 * docs/decisions/0015-index-dates-by-start-and-live-holds-by-concert.md say why.
 *
 * MySQL commits each statement on its own, so each first checks whether it is still needed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if ((await columnsOf(db, 'seat', 'seat_by_availability')) !== null)
    await alter(db, 'seat', 'drop key seat_by_availability, drop column is_available');
  // Includes the id, by which the list orders equal starts, and the window, so that only selling dates are looked up.
  if ((await columnsOf(db, 'concert_event', 'concert_event_by_start')) === null)
    await alter(
      db,
      'concert_event',
      'add key concert_event_by_start (concert_id, starts_at, id, reservation_start_at, reservation_end_at)',
    );
  // Stores the live holds of a concert side by side. The key (concert_id, user_id, live_hold) scattered them.
  const liveHold = 'concert_id,live_hold,user_id';
  if ((await columnsOf(db, 'reservation', 'reservation_one_live_hold')) !== liveHold)
    await alter(
      db,
      'reservation',
      `drop key reservation_one_live_hold, add unique key reservation_one_live_hold (${liveHold})`,
    );
}

async function alter(db: Kysely<unknown>, table: string, change: string): Promise<void> {
  await sql.raw(`alter table ${table} ${change}`).execute(db);
}

/** The columns of the index in order, comma-separated; null when there is no such index. */
async function columnsOf(db: Kysely<unknown>, table: string, index: string): Promise<string | null> {
  const { rows } = await sql<{ names: string | null }>`
    select group_concat(column_name order by seq_in_index) as names
    from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${index}`.execute(db);
  return rows[0]?.names ?? null;
}
