import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';

/** How many statements MySQL executes during `work`, by its own counter. */
export async function countStatements(mysqlUrl: string, work: () => Promise<unknown>): Promise<number> {
  const db = await createConnection(mysqlUrl);
  try {
    const before = await readQuestions(db);
    await work();
    return (await readQuestions(db)) - before - 1; // without the statement that reads the counter
  } finally {
    await db.end();
  }
}

async function readQuestions(db: Connection): Promise<number> {
  const [rows] = await db.query<RowDataPacket[]>(`show global status like 'Questions'`);
  return Number(rows[0]?.['Value']);
}
