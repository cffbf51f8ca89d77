import { type Kysely, sql } from 'kysely';

/** Whether the webhook endpoints know that a concert is sold out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.columns where table_schema = database() and table_name = 'room_checkpoint'
      and column_name = 'sold_out_at'`.execute(db);
  if (rows.length === 0)
    await sql`
      alter table room_checkpoint
        add column sold_out_at datetime(3) null comment 'null while seats are left, by the last count that found a change'`.execute(
      db,
    );
}
