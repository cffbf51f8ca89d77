import { type Kysely, sql } from 'kysely';

/** Old ends are purged, and a room that opens after a loss of Redis reads the recent ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'queue_end' and index_name = 'queue_end_by_age'`.execute(
    db,
  );
  if (rows.length === 0) await sql`alter table queue_end add key queue_end_by_age (created_at)`.execute(db);
}
