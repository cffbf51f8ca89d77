import { type Kysely, sql } from 'kysely';

/** A hold reads what its user has bought and left unpaid in the concert. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics where table_schema = database() and table_name = 'reservation'
      and index_name = 'reservation_by_user_and_concert'`.execute(db);
  if (rows.length > 0) return;
  await sql`
    alter table reservation
      add key reservation_by_user_and_concert (user_id, concert_id, status, created_at)`.execute(db);
}
