import type { Kysely } from 'kysely';
import { createMigrator } from './migrations.ts';
import type { Database } from './schema.ts';

/** Throws an error that says in one line what to do when the database lacks a migration. */
export async function checkSchema(db: Kysely<Database>): Promise<void> {
  const migrations = await createMigrator(db).getMigrations();
  const pending = migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  if (pending.length === 0) return;
  throw new Error(`the database lacks ${pending.join(', ')}: run "pnpm migrate"`);
}
