import { type Kysely, sql } from 'kysely';

/** Entry tickets that a gate has accepted. The primary key accepts each once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists gate_check_in (
      reservation_id varchar(26) not null,
      seat_number smallint unsigned not null,
      concert_event_id varchar(26) not null,
      gate varchar(64) null,
      actor varchar(128) not null comment 'who scanned the ticket',
      checked_in_at datetime(3) not null,
      primary key (reservation_id, seat_number)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
