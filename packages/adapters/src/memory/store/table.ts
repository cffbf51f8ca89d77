import { invariant } from '@frontrow/domain/shared/invariant.ts';

/** Rows by their key, in the order in which they came. */
export type Table<Row> = {
  get(key: string): Row | undefined;
  /** Throws when the key is taken, as a unique key does. */
  insert(key: string, row: Row): void;
  /** Writes the row, whether there was one or not. */
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

/** The table as one transaction sees and writes it. The table itself learns of it at the commit. */
export function createDraft<Row>(table: Table<Row>): { draft: Table<Row>; commit: () => void } {
  /** Undefined stands for a removed row. */
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

/** One string for a key of several columns; no two different keys share it. */
export function keyOf(...columns: readonly (string | number)[]): string {
  return JSON.stringify(columns);
}
