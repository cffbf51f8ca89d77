import { sql } from 'kysely';
import type { Sender } from './compare-statements.ts';
import type { LoadedMysql } from './loaded-mysql.ts';

/** A statement of the service and the lookup by primary key that it is held against. */
export type StatementPair = {
  readonly name: string;
  readonly subject: Sender;
  /** The index of each table that the subject's plan has to use, in its order. */
  readonly indexes: readonly string[];
  readonly baseline: Sender;
  /** How the baseline reads, in a few words. */
  readonly baselineName: string;
  readonly sends: number;
};

/** How often a short statement is sent in a round. */
export const SENDS_PER_ROUND = 60;

export function sendRaw({ db }: LoadedMysql, statement: string): Promise<unknown> {
  return sql.raw(statement).execute(db);
}

/** The ids as they stand in a list of SQL. */
export function sqlList(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join();
}
