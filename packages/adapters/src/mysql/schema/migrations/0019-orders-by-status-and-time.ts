import { type Kysely, sql } from 'kysely';

/**
 * The orders of a date are read by status, in the order of their ids, with a filter by time: this key has all of it. The version
 * before names the key in its statements, so it keeps its name, and the narrower `reservation_by_event` stays as well:
 * docs/decisions/0054-read-the-orders-of-a-date-by-status.md.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics where table_schema = database() and table_name = 'reservation'
      and index_name = 'reservation_by_event_and_status' and column_name = 'created_at'`.execute(db);
  if (rows.length > 0) return;
  await sql`
    alter table reservation drop key reservation_by_event_and_status,
      add key reservation_by_event_and_status (concert_event_id, status, id, created_at)`.execute(db);
}
