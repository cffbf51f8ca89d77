import { type Kysely, sql } from 'kysely';

/** The version before inserts rows without these columns: dates without a layout, whose seats nobody blocks. */
const COLUMNS = {
  concert_event: `
    add column layout_version int unsigned not null default 0 comment '0 for a date without a layout'`,
  seat: `
    modify column status enum('AVAILABLE', 'HELD', 'SOLD', 'BLOCKED') not null default 'AVAILABLE',
    add column category smallint unsigned not null default 0 comment 'an index of the categories of the layout',
    add column block_reason varchar(200) null,
    drop check seat_has_an_owner_unless_available,
    add constraint seat_has_an_owner_while_taken check ((status in ('HELD', 'SOLD')) = (reservation_id is not null)),
    add constraint seat_has_a_reason_while_blocked check ((status = 'BLOCKED') = (block_reason is not null))`,
};
const LAST_COLUMN = { concert_event: 'layout_version', seat: 'block_reason' };

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['concert_event', 'seat'] as const) {
    const { rows } = await sql`
      select 1 from information_schema.columns
      where table_schema = database() and table_name = ${table} and column_name = ${LAST_COLUMN[table]}`.execute(
      db,
    );
    if (rows.length > 0) continue;
    await sql`alter table ${sql.table(table)} ${sql.raw(COLUMNS[table])}`.execute(db);
  }
  await sql`
    create table if not exists event_layout (
      concert_event_id varchar(26) not null,
      version int unsigned not null,
      document mediumblob not null comment 'JSON, compressed with gzip',
      digest binary(32) not null comment 'SHA-256 of the JSON',
      categories json not null comment 'the price and the number of seats of each category',
      created_at datetime(3) not null,
      primary key (concert_event_id, version)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
