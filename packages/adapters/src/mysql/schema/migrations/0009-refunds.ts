import { type Kysely, sql } from 'kysely';

const TABLE_OPTIONS = 'engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin';

/** Refunds of whole reservations and of single seats. The primary key of `refund_seat` refunds each seat once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`
    select 1 from information_schema.columns
    where table_schema = database() and table_name = 'reservation' and column_name = 'refunded_amount'`.execute(
    db,
  );
  if (rows.length === 0)
    await sql`alter table reservation add column refunded_amount bigint not null default 0`.execute(db);
  await sql
    .raw(
      `create table if not exists refund (
        id varchar(26) not null primary key,
        reservation_id varchar(26) not null,
        payment_id varchar(26) not null,
        user_id varchar(128) not null,
        concert_id varchar(26) not null,
        concert_event_id varchar(26) not null,
        seats_returned smallint unsigned not null comment 'how many of its seats fans can buy again',
        amount bigint not null,
        balance_after bigint not null,
        wallet_entry_id varchar(26) not null,
        refunded_at datetime(3) not null,
        actor varchar(128) not null,
        reason varchar(500) null comment 'null where the owner asked for it',
        unique key refund_by_wallet_entry (wallet_entry_id),
        key refund_by_reservation (reservation_id),
        key refund_by_concert (concert_id, seats_returned),
        constraint refund_amount_is_not_negative check (amount >= 0)
      ) ${TABLE_OPTIONS}`,
    )
    .execute(db);
  await sql
    .raw(
      `create table if not exists refund_seat (
        reservation_id varchar(26) not null,
        seat_number smallint unsigned not null,
        refund_id varchar(26) not null,
        primary key (reservation_id, seat_number),
        key refund_seat_by_refund (refund_id)
      ) ${TABLE_OPTIONS}`,
    )
    .execute(db);
}
