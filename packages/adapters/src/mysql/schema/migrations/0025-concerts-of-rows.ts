import { type Kysely, sql } from 'kysely';

/** The tables whose rows belong to a concert and do not name it, with a column that is added at their end. */
const CONCERT_ID = [
  'seat',
  'event_layout',
  'cancellation',
  'reservation_seat',
  'reservation_change',
  'payment',
  'failed_payment',
  'refund_seat',
  'gate_check_in',
];
const SLOT = ['idempotency_key', 'outbox'];

/**
 * What a row is sharded by. No statement has it in a condition, so rows without it count like all others: the existing ones,
 * and those that the previous version inserts. docs/decisions/0073-aim-each-statement-at-one-shard.md says why. A nullable
 * column at the end of a table changes no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of CONCERT_ID)
    await addColumn(db, table, 'concert_id', "varchar(26) null comment 'what the row is sharded by'");
  for (const table of SLOT)
    await addColumn(
      db,
      table,
      'slot',
      "binary(1) null comment 'what the row is sharded by; null without shards'",
    );
}

async function addColumn(db: Kysely<unknown>, table: string, column: string, type: string): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = ${table} and column_name = ${column}`.execute(db);
  if (rows.length > 0) return;
  await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} ${sql.raw(type)}`.execute(db);
}
