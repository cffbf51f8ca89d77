import { type Kysely, sql } from 'kysely';

/**
 * What staff read: the reservations of an event, what changed them, and the entries of a day. A reservation may be
 * complimentary; the existing ones are not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists reservation_change (
      id bigint not null auto_increment primary key,
      reservation_id varchar(26) not null,
      kind enum('EXTENDED', 'REDUCED', 'CANCELLED') not null,
      changed_at datetime(3) not null,
      actor varchar(128) not null,
      reason varchar(500) null comment 'null where the owner did it',
      key reservation_change_by_reservation (reservation_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
  if (!(await hasIndex(db, 'reservation', 'reservation_by_event')))
    await sql`
      alter table reservation
        add column complimentary boolean not null default false,
        add key reservation_by_event (concert_event_id)`.execute(db);
  // Covers the sum of a time, and has the order of the list.
  if (!(await hasIndex(db, 'wallet_entry', 'wallet_entry_by_time')))
    await sql`alter table wallet_entry add key wallet_entry_by_time (created_at, id, amount)`.execute(db);
}

async function hasIndex(db: Kysely<unknown>, table: string, index: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${index}`.execute(db);
  return rows.length > 0;
}
