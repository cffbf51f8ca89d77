import { sql } from 'kysely';
import type { Sender } from './compare-statements.ts';
import type { LoadedMysql } from './loaded-mysql.ts';

/** A statement of the service and the lookup by primary key that it is held against. */
export type Pair = {
  readonly name: string;
  readonly subject: Sender;
  /** The index of each table that the subject's plan has to use, in its order. */
  readonly indexes: readonly string[];
  readonly baseline: Sender;
  /** How the baseline reads, in a few words. */
  readonly by: string;
  readonly turns: number;
};

/** How often a short statement is sent in a round. */
export const TURNS = 60;

export function raw({ db }: LoadedMysql, statement: string): Promise<unknown> {
  return sql.raw(statement).execute(db);
}

/** The ids as they stand in a list of SQL. */
export function listed(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join();
}
