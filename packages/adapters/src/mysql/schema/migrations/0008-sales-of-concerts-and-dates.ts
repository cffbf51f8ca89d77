import { type Kysely, sql } from 'kysely';

const TABLES = ['concert', 'concert_event'];

/** An organiser stops and resumes sales. The version before inserts rows without these columns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) {
    const { rows } = await sql`
      select 1 from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = 'sales_state'`.execute(db);
    if (rows.length > 0) continue;
    await sql`
      alter table ${sql.table(table)}
        add column sales_state enum('RUNNING', 'STOPPED') not null default 'RUNNING',
        add column sales_reason varchar(500) null comment 'for fans, while sales are stopped'`.execute(db);
  }
}
