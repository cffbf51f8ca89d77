import { type Kysely, sql } from 'kysely';

/**
 * A read of the seat list selects the ended ones of many places. With this key it names them by number, which is shorter
 * than a user id, and finds the ends of a sale side by side. One statement drops and adds the key, so that the table is
 * rebuilt once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ names: string }>`
    select group_concat(column_name order by seq_in_index) as names from information_schema.statistics
    where table_schema = database() and table_name = 'queue_end' and index_name = 'PRIMARY'`.execute(db);
  if (rows[0]?.names === 'concert_id,sequence,user_id') return;
  await sql`alter table queue_end drop primary key, add primary key (concert_id, sequence, user_id)`.execute(
    db,
  );
}
