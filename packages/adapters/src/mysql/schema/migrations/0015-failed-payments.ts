import { type Kysely, sql } from 'kysely';

/** Refused payments, one for each reservation and code. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists failed_payment (
      reservation_id varchar(26) not null,
      failure_code varchar(32) not null,
      id varchar(26) not null,
      user_id varchar(128) not null,
      amount bigint not null,
      failed_at datetime(3) not null comment 'the last time',
      repeat_count int unsigned not null default 0,
      primary key (reservation_id, failure_code),
      unique key failed_payment_by_id (id),
      key failed_payment_by_user (user_id, id),
      key failed_payment_by_age (failed_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
