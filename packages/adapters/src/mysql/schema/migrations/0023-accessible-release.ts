import { type Kysely, sql } from 'kysely';

/** The version before inserts rows without the column: dates that never release their accessible seats. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = 'concert_event' and column_name = 'accessible_release_at'`.execute(
    db,
  );
  if (rows.length > 0) return;
  await sql`
    alter table concert_event
      add column accessible_release_at datetime(3) null comment 'null: never'`.execute(db);
}
