import { sql } from 'kysely';
import type { Sender } from './compare-statements.ts';
import type { LoadedMysql } from './loaded-mysql.ts';

/** A statement of the service and its baseline, a lookup of as many rows by primary key. */
export type StatementPair = {
  readonly name: string;
  readonly subject: Sender;
  /** The index that the subject's plan must use for each table, in the plan's order. */
  readonly indexes: readonly string[];
  readonly baseline: Sender;
  /** Describes the baseline in the result table. */
  readonly baselineName: string;
  /** How often a round sends the statement. */
  readonly sends: number;
};

/** The value of `sends` for short statements. */
export const SENDS_PER_ROUND = 60;

export function sendRaw({ db }: LoadedMysql, statement: string): Promise<unknown> {
  return sql.raw(statement).execute(db);
}

/** The ids as an SQL list of string literals. */
export function sqlList(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join();
}
