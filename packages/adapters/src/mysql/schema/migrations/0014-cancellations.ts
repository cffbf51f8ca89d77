import { type Kysely, sql } from 'kysely';

/** A date can be cancelled. Workers end its reservations by their status. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table concert_event
      modify column sales_state enum('RUNNING', 'STOPPED', 'CANCELLED') not null default 'RUNNING'`.execute(
    db,
  );
  await sql`
    create table if not exists cancellation (
      concert_event_id varchar(26) not null primary key,
      actor varchar(128) not null,
      reason varchar(500) not null comment 'for fans',
      cancelled_at datetime(3) not null,
      finished_at datetime(3) null,
      key cancellation_by_finish (finished_at, cancelled_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
  const { rows } = await sql`
    select 1 from information_schema.statistics where table_schema = database() and table_name = 'reservation'
      and index_name = 'reservation_by_event_and_status'`.execute(db);
  if (rows.length === 0)
    await sql`
      alter table reservation
        add key reservation_by_event_and_status (concert_event_id, status)`.execute(db);
  const { rows: refunds } = await sql`
    select 1 from information_schema.statistics where table_schema = database() and table_name = 'refund'
      and index_name = 'refund_by_event'`.execute(db);
  if (refunds.length === 0)
    await sql`alter table refund add key refund_by_event (concert_event_id, refunded_at)`.execute(db);
}
