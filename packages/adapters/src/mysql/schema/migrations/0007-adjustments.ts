import { type Kysely, sql } from 'kysely';

/** A value at the end of an enumeration changes no stored row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table wallet_entry
      modify column kind enum('CHARGE', 'PAYMENT', 'REFUND', 'ADJUSTMENT') not null`.execute(db);
}
