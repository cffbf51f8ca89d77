import { type Kysely, sql } from 'kysely';

/** For the rooms that may be open, without a look at the concerts of former years. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'concert_event'
      and index_name = 'concert_event_by_sales_end'`.execute(db);
  if (rows.length > 0) return;
  await sql`alter table concert_event add key concert_event_by_sales_end (reservation_end_at, concert_id)`.execute(
    db,
  );
}
