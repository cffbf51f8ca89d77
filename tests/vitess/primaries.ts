import { type RowDataPacket, createConnection } from 'mysql2/promise';
import type { Shard } from './cluster/shard.ts';

/** The URL of the database on the primary. */
export function urlOf({ keyspace, primary }: Pick<Shard, 'keyspace' | 'primary'>): string {
  return `${primary.mysql.url}/vt_${keyspace}`;
}

export async function readRows(url: string, query: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(query);
    return rows;
  } finally {
    connection.destroy();
  }
}

export async function readNumber(url: string, query: string): Promise<number> {
  const [row] = await readRows(url, query);
  return Number(Object.values(row!)[0]);
}

export async function writeTo(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    connection.destroy();
  }
}
