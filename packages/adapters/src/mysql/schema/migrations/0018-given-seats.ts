import { type Kysely, sql } from 'kysely';

/** A value at the end of an enumeration changes no stored row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table reservation_change
      modify column kind enum('EXTENDED', 'REDUCED', 'CANCELLED', 'GIVEN') not null`.execute(db);
}
