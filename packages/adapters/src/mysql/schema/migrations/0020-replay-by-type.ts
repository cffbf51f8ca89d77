import { type Kysely, sql } from 'kysely';

/**
 * A replay reads only the types that its endpoint asks for, however many messages of others there are. The version before
 * reads by `webhook_message_by_occurrence`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.statistics where table_schema = database() and table_name = 'webhook_message'
      and index_name = 'webhook_message_by_type'`.execute(db);
  if (rows.length === 0)
    await sql`
      alter table webhook_message
        add key webhook_message_by_type (type, occurred_at, outbox_id)`.execute(db);
}
