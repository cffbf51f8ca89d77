import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema/schema.ts';

/** The databases with shards: of concerts, by their slots, and of users, by theirs. */
export type Keyspace = 'sales' | 'accounts';
/** The database without shards, for what staff configure. */
export const STAFF = 'staff';

/** The session's target for the shard that has the slot. */
export function targetOf(keyspace: Keyspace, slot: number): string {
  return `${keyspace}[${slot.toString(16).padStart(2, '0')}]`;
}

export function useTarget(target: string): string {
  return `use \`${target}\``;
}

/** Runs `work` on a connection whose statements go to the target. */
export function onTarget<T>(
  db: Kysely<Database>,
  target: string,
  work: (session: Kysely<Database>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (session) => {
    await sql.raw(useTarget(target)).execute(session);
    return work(session);
  });
}
