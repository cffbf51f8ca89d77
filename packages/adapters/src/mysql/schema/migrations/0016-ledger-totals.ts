import { type Kysely, sql } from 'kysely';

/** What all wallets together contained at past hours, so that the sum before a day reads no older entries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table if not exists ledger_total (
      until_at datetime(3) not null primary key comment 'a full hour',
      total bigint not null comment 'the sum of all entries before'
    ) engine = InnoDB default character set utf8mb4 collate utf8mb4_0900_bin`.execute(db);
}
