import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { waitUntil } from './services/wait-until.ts';

/** A tablet that a test has killed is soon back. */
const SERVING_WITHIN_MS = 60_000;

/** Deletes every row from every shard behind a vtgate, except which migrations have run. */
export function emptyShards(vtgateUrl: string): Promise<void> {
  return waitUntil(() => deleteRows(vtgateUrl), SERVING_WITHIN_MS);
}

async function deleteRows(vtgateUrl: string): Promise<void> {
  const connection = await createConnection(vtgateUrl.replace('vitess:', 'mysql:'));
  try {
    // Each row is the name of a shard, as in "sales/-80".
    for (const shard of await listNames(connection, 'show vitess_shards')) {
      await connection.query('use ??', [shard.replace('/', ':')]);
      for (const table of await listNames(connection, 'show tables'))
        if (!table.startsWith('kysely_')) await connection.query('delete from ??', [table]);
    }
  } finally {
    connection.destroy();
  }
}

/** The first column. */
async function listNames(connection: Connection, query: string): Promise<readonly string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query);
  return rows.map((row) => String(Object.values(row)[0]));
}
