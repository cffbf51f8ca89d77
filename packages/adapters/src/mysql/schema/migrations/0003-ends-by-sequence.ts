import { type Kysely, sql } from 'kysely';

/**
 * A crowd that looks at the seats asks which of its places have ended: numbers in place of user ids, and the ends of a
 * sale side by side. Dropping and adding a primary key in one statement is one rebuild of the table, or none.
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
