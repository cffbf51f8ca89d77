import { type Kysely, sql } from 'kysely';

/** Every index has the time after its filter, so that a filtered list reads in its own order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists audit_log (
      id bigint not null auto_increment primary key,
      created_at datetime(3) not null,
      actor varchar(128) not null,
      route varchar(200) not null comment 'method and path template',
      request_id varchar(128) not null,
      target varchar(200) not null comment 'kind/id',
      reason varchar(500) null,
      state_before json not null comment 'JSON null for what the act creates',
      state_after json not null comment 'JSON null for what the act removes',
      key audit_log_by_time (created_at),
      key audit_log_by_actor (actor, created_at),
      key audit_log_by_target (target, created_at)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
