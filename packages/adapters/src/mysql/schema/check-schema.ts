import type { Kysely } from 'kysely';
import { createMigrator } from './migrations.ts';
import type { Database } from './schema.ts';

/** Throws when the database lacks a migration, with the command that runs it. */
export async function checkSchema(db: Kysely<Database>): Promise<void> {
  const migrations = await createMigrator(db).getMigrations();
  const pending = migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  if (pending.length === 0) return;
  throw new Error(`the database lacks ${pending.join(', ')}: run "pnpm migrate"`);
}
