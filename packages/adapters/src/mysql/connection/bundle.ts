import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Connection, ResultSetHeader } from 'mysql2';
import { readOnlyServer } from './faults.ts';

/** A statement with placeholders, and how many rows it must affect; null for any number. */
export type Statement = {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly rowsExpected: number | null;
};

/** Starts a transaction. A server that is read-only refuses it, while it accepts `begin`. */
const START_TRANSACTION = 'start transaction read write';

/** Asks whether the server accepts writes; `super_read_only` implies `read_only`. `lastResult` reads the answer. */
export const WRITABLE_CHECK: Statement = {
  sql: 'select @@global.read_only as isReadOnly',
  values: [],
  rowsExpected: null,
};

/** By the values of the statement, which Kysely passes on to the connection as they are. */
const deferrals = new WeakMap<readonly unknown[], Pick<Statement, 'rowsExpected'>>();

/** The values of a statement that the connection sends together with the next one. */
export function deferredValues(values: readonly unknown[], rowsExpected: number | null): unknown[] {
  const marked = [...values];
  deferrals.set(marked, { rowsExpected });
  return marked;
}

/** Null for a statement whose result is needed at once. */
export function asDeferred(sql: string, values: readonly unknown[]): Statement | null {
  const deferral = deferrals.get(values);
  if (deferral !== undefined) return { sql, values, ...deferral };
  return sql === 'begin' ? { sql: START_TRANSACTION, values, rowsExpected: null } : null;
}

export function startsTransaction({ sql }: Statement): boolean {
  return sql === START_TRANSACTION;
}

/**
 * The text of statements that the server runs in their order, up to the first that fails. Only statements of this process
 * are separated: one whose text contains a separator of its own is refused, and values are escaped.
 */
export function bundleText(connection: Pick<Connection, 'format'>, statements: readonly Statement[]): string {
  const texts = statements.map(({ sql, values }) => {
    invariant(!sql.includes(';'), `a statement contains a separator: ${sql}`);
    return connection.format(sql, [...values]);
  });
  return texts.join(';\n');
}

/**
 * The result of the last statement. Throws if an earlier one has affected other than `rowsExpected` rows, or found the
 * server read-only.
 */
export function lastResult(statements: readonly Statement[], result: unknown): unknown {
  const results = statements.length === 1 ? [result] : (result as readonly unknown[]);
  for (const [index, statement] of statements.entries()) {
    if (statement === WRITABLE_CHECK && isReadOnly(results[index])) throw readOnlyServer();
    const { sql, rowsExpected } = statement;
    if (rowsExpected === null) continue;
    const { affectedRows } = results[index] as ResultSetHeader;
    invariant(
      affectedRows === rowsExpected,
      `${affectedRows} rows instead of ${rowsExpected} were affected by: ${sql}`,
    );
  }
  return results.at(-1);
}

function isReadOnly(rows: unknown): boolean {
  const [row] = rows as readonly { readonly isReadOnly: unknown }[];
  return Number(row?.isReadOnly) !== 0;
}
