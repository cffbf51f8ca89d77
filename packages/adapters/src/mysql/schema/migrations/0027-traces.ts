import { type Kysely, sql } from 'kysely';

/** The version before inserts messages without the column: they continue no trace. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = 'webhook_message' and column_name = 'traceparent'`.execute(
    db,
  );
  if (rows.length > 0) return;
  await sql`
    alter table webhook_message
      add column traceparent varchar(55) null comment 'the trace that the message continues'`.execute(db);
}
