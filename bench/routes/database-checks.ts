import { type RowDataPacket, createConnection } from 'mysql2/promise';

/** Reads the database directly, to verify what requests wrote. */
export type DatabaseChecks = {
  rows<Row>(statement: string, values: readonly string[]): Promise<readonly Row[]>;
  /** Throws unless the first column of the statement's result is `count`. */
  expect(count: number, statement: string, values: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

export async function openDatabaseChecks(mysqlUrl: string): Promise<DatabaseChecks> {
  const connection = await createConnection({ uri: mysqlUrl, timezone: 'Z' });
  async function rows<Row>(statement: string, values: readonly string[]) {
    const [found] = await connection.query<RowDataPacket[]>(statement, [...values]);
    return found as Row[];
  }
  return {
    rows,
    async expect(count, statement, values) {
      const [found] = await rows<Record<string, unknown>>(statement, values);
      const counted = Number(Object.values(found ?? {})[0]);
      if (counted !== count) throw new Error(`${counted} instead of ${count}: ${statement}`);
    },
    close: () => connection.end(),
  };
}
