import { driverUrl } from '@frontrow/adapters/mysql/shards/sharded-url.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { waitUntil } from './services/wait-until.ts';

/** A tablet that a test has killed is soon back. */
const SERVING_WITHIN_MS = 60_000;

/** Deletes every row from every shard behind a vtgate, except which migrations have run. */
export function emptyShards(vtgateUrl: string): Promise<void> {
  return waitUntil(() => deleteRows(vtgateUrl), SERVING_WITHIN_MS);
}

async function deleteRows(vtgateUrl: string): Promise<void> {
  const connection = await createConnection(driverUrl(vtgateUrl));
  try {
    for (const shard of await listShards(connection)) {
      await connection.query('use ??', [shard]);
      for (const table of await listNames(connection, 'show tables'))
        if (!table.startsWith('kysely_')) await connection.query('delete from ??', [table]);
    }
  } finally {
    connection.destroy();
  }
}

/** What a session is aimed at each shard by, as in "sales:-80". */
async function listShards(connection: Connection): Promise<readonly string[]> {
  const shards = await listNames(connection, 'show vitess_shards');
  return shards.map((shard) => shard.replace('/', ':'));
}

/** The rows of a query on every shard that has those of sales. */
export async function readSales(
  connection: Connection,
  query: string,
  values: readonly unknown[],
): Promise<RowDataPacket[]> {
  await connection.query('use staff'); // an aimed session lists no shards
  const rows: RowDataPacket[] = [];
  for (const shard of (await listShards(connection)).filter((name) => name.startsWith('sales:'))) {
    await connection.query('use ??', [shard]);
    const [found] = await connection.query<RowDataPacket[]>(query, [...values]);
    rows.push(...found);
  }
  await connection.query('use staff');
  return rows;
}

/** The first column. */
async function listNames(connection: Connection, query: string): Promise<readonly string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query);
  return rows.map((row) => String(Object.values(row)[0]));
}
