import { type Kysely, sql } from 'kysely';

/**
 * What `pnpm bench indexes` found at size: docs/decisions/0016-read-seats-by-their-primary-key.md and
 * docs/decisions/0015-index-dates-by-start-and-live-holds-by-concert.md say why.
 *
 * MySQL commits each statement by itself, so each is preceded by a look at what is there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if ((await columnsOf(db, 'seat', 'seat_by_availability')) !== null)
    await alter(db, 'seat', 'drop key seat_by_availability, drop column is_available');
  // With the id, which ends the order of the list, and the window, so that only dates that sell are looked up.
  if ((await columnsOf(db, 'concert_event', 'concert_event_by_start')) === null)
    await alter(
      db,
      'concert_event',
      'add key concert_event_by_start (concert_id, starts_at, id, reservation_start_at, reservation_end_at)',
    );
  // The live holds of a concert side by side. The key was (concert_id, user_id, live_hold): as unique, but scattered.
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

/** The columns of the index in order, with commas; null where there is no such index. */
async function columnsOf(db: Kysely<unknown>, table: string, index: string): Promise<string | null> {
  const { rows } = await sql<{ names: string | null }>`
    select group_concat(column_name order by seq_in_index) as names
    from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${index}`.execute(db);
  return rows[0]?.names ?? null;
}
