import { invariant } from '@frontrow/domain/shared/invariant.ts';

/** Rows by key, in the order of their insertion. */
export type Table<Row> = {
  get(key: string): Row | undefined;
  /** Throws for a duplicate key, like a unique key of a database. */
  insert(key: string, row: Row): void;
  /** Inserts or replaces the row. */
  put(key: string, row: Row): void;
  remove(key: string): void;
  entries(): Iterable<readonly [key: string, row: Row]>;
};

export function createTable<Row>(): Table<Row> {
  const rows = new Map<string, Row>();
  return {
    get: (key) => rows.get(key),
    insert(key, row) {
      invariant(!rows.has(key), `duplicate key ${key}`);
      rows.set(key, row);
    },
    put: (key, row) => void rows.set(key, row),
    remove: (key) => void rows.delete(key),
    entries: () => rows.entries(),
  };
}

/** The table as one transaction sees and writes it. `commit` applies the writes to the table. */
export function createDraft<Row>(table: Table<Row>): { draft: Table<Row>; commit: () => void } {
  /** Undefined marks a removed row. */
  const written = new Map<string, Row | undefined>();
  const get = (key: string) => (written.has(key) ? written.get(key) : table.get(key));

  function* entries(): Generator<readonly [string, Row]> {
    for (const [key, row] of table.entries()) if (!written.has(key)) yield [key, row];
    for (const [key, row] of written) if (row !== undefined) yield [key, row];
  }

  return {
    draft: {
      get,
      insert(key, row) {
        invariant(get(key) === undefined, `duplicate key ${key}`);
        written.set(key, row);
      },
      put: (key, row) => void written.set(key, row),
      remove: (key) => void written.set(key, undefined),
      entries,
    },
    commit() {
      for (const [key, row] of written) {
        if (row === undefined) table.remove(key);
        else table.put(key, row);
      }
    },
  };
}

export function* rowsOf<Row>(table: Table<Row>): Generator<Row> {
  for (const [, row] of table.entries()) yield row;
}

/** Joins the columns of a key to one string, unique to them. */
export function keyOf(...columns: readonly (string | number)[]): string {
  return JSON.stringify(columns);
}
