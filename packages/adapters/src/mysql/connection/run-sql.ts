import { CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import type { Database } from '../schema/schema.ts';

/**
 * Runs a statement for many rows. The driver replaces each `?` with an escaped value, a list of values (`1, 2`) or a list
 * of rows (`(1, 2), (3, 4)`), so that the text is the same for any number of rows. Lists must not be empty.
 */
export function runSql<Row>(
  db: Kysely<Database>,
  sql: string,
  values: readonly unknown[],
): Promise<QueryResult<Row>> {
  const query: CompiledQuery<Row> = CompiledQuery.raw(sql, [...values]);
  return db.executeQuery(query);
}

/** SQL that picks the value of a row from a list. Its parameters are the keys of the rows, and their values. */
export function valueBy(column: string): string {
  return `elt(field(${column}, ?), ?)`;
}

/** The rows of an INSERT that have more than parameters, such as a clock. */
export function valueRows(row: string, count: number): string {
  return Array.from({ length: count }, () => row).join(', ');
}
