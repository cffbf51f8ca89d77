import { type Kysely, sql } from 'kysely';

/** The version before inserts rows without these columns: they are public, in the zone of the currency, and unchanged. */
const COLUMNS = {
  concert: `
    add column visibility enum('DRAFT', 'PUBLISHED', 'ARCHIVED') not null default 'PUBLISHED',
    add column version int unsigned not null default 1 comment 'grows with every change by an organiser',
    add key concert_by_visibility (visibility, id)`,
  concert_event: `
    add column time_zone varchar(64) not null default 'Asia/Seoul' comment 'by its IANA name',
    add column version int unsigned not null default 1 comment 'grows with every change by an organiser'`,
  seat: `
    add column next_price bigint null comment 'the price of the seat while it is AVAILABLE, where it has changed'`,
};
const LAST_COLUMN = { concert: 'version', concert_event: 'version', seat: 'next_price' };

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['concert', 'concert_event', 'seat'] as const) {
    const { rows } = await sql`
      select 1 from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = ${LAST_COLUMN[table]}`.execute(
      db,
    );
    if (rows.length > 0) continue;
    await sql`alter table ${sql.table(table)} ${sql.raw(COLUMNS[table])}`.execute(db);
  }
}
