import { type Kysely, sql } from 'kysely';

/** Codes that let fans join before the public start. A user has one use in a concert. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists sale_code (
      id varchar(26) not null primary key,
      concert_id varchar(26) not null,
      code_digest char(64) not null comment 'SHA-256 of the text in hex',
      label varchar(200) null,
      uses_max int unsigned not null,
      uses int unsigned not null default 0,
      valid_from datetime(3) null,
      valid_until datetime(3) null,
      revoked_at datetime(3) null,
      created_at datetime(3) not null,
      unique key sale_code_by_digest (concert_id, code_digest),
      key sale_code_by_concert (concert_id, id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
  await sql`
    create table if not exists sale_code_use (
      concert_id varchar(26) not null,
      user_id varchar(128) not null,
      sale_code_id varchar(26) not null,
      used_at datetime(3) not null,
      primary key (concert_id, user_id),
      key sale_code_use_by_code (sale_code_id)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
