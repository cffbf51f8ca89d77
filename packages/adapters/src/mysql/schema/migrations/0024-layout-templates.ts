import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists layout_template (
      id varchar(26) not null,
      name varchar(100) not null,
      version int unsigned not null,
      seat_count int unsigned not null,
      document mediumblob not null comment 'JSON, compressed with gzip',
      digest binary(32) not null comment 'SHA-256 of the JSON',
      created_at datetime(3) not null,
      updated_at datetime(3) not null,
      primary key (id),
      unique key layout_template_name (name)
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
