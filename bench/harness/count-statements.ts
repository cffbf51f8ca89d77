import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';

/** How many statements the database answers while `work` goes on, by its own count of them. */
export async function countStatements(mysqlUrl: string, work: () => Promise<unknown>): Promise<number> {
  const db = await createConnection(mysqlUrl);
  try {
    const before = await questionsOf(db);
    await work();
    return (await questionsOf(db)) - before - 1; // the question itself counts
  } finally {
    await db.end();
  }
}

async function questionsOf(db: Connection): Promise<number> {
  const [rows] = await db.query<RowDataPacket[]>(`show global status like 'Questions'`);
  return Number(rows[0]?.['Value']);
}
