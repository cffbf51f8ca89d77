import { CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import type { Database } from '../schema/schema.ts';
import { deferredValues } from './bundle.ts';

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

/**
 * Runs a statement whose result nobody needs: it goes to the server in front of the next statement of its transaction, in
 * the same round trip. If it fails, that next statement fails with its error. The transaction is not committed if it
 * affects other than `rowsExpected` rows; an update counts the rows that it has found.
 */
export async function deferSql(
  db: Kysely<Database>,
  sql: string,
  values: readonly unknown[],
  rowsExpected: number | null = null,
): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(sql, deferredValues(values, rowsExpected)));
}

/** SQL that picks the value of a row from a list. Its parameters are the keys of the rows, and their values. */
export function valueBy(column: string): string {
  return `elt(field(${column}, ?), ?)`;
}

/** The rows of an INSERT that have more than parameters, such as a clock. */
export function valueRows(row: string, count: number): string {
  return Array.from({ length: count }, () => row).join(', ');
}
