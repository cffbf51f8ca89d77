import { driverUrl } from '@frontrow/adapters/mysql/shards/sharded-url.ts';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';

/** The connections of frontrow set the same. */
const SESSION = `set session transaction_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = 2`;

/** A connection to the vtgate at `url` for one statement or several. Rejects where the vtgate does not answer. */
export async function connectToVtgate(url: string): Promise<Connection> {
  const connection = await createConnection({
    uri: driverUrl(url),
    multipleStatements: true,
  });
  connection.on('error', () => undefined); // a test kills the vtgate
  await connection.query(SESSION);
  return connection;
}

/**
 * Begins a transaction that inserts an ended place named `name` into a shard of `sales`, and then a wallet of the same
 * name into one of `accounts`. Both shards are named as in "-80".
 */
export async function writeToBoth(
  connection: Connection,
  name: string,
  { sales, accounts }: { readonly sales: string; readonly accounts: string },
): Promise<void> {
  await connection.query('begin');
  await connection.query('use ??', [`sales:${sales}`]);
  await connection.query(`insert into queue_end values (?, ?, 1, 'LEFT', now(3))`, [name, name]);
  await connection.query('use ??', [`accounts:${accounts}`]);
  await connection.query('insert into wallet values (?, 0, 0)', [name]);
}

/** The rows of a query on the primaries of a keyspace. */
export async function readShards(keyspace: string, query: string): Promise<RowDataPacket[]> {
  const shards = inject('vitess').shards.filter((shard) => shard.keyspace === keyspace);
  const results = shards.map(async ({ primaryUrl }) => {
    const connection = await createConnection({ uri: primaryUrl });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(query);
      return rows;
    } finally {
      connection.destroy();
    }
  });
  return (await Promise.all(results)).flat();
}

/** The names that `writeToBoth` has written to each keyspace. */
export async function readNames(): Promise<{ readonly sales: string[]; readonly accounts: string[] }> {
  const [sales, accounts] = await Promise.all([
    readShards('sales', 'select user_id as name from queue_end'),
    readShards('accounts', 'select user_id as name from wallet'),
  ]);
  return { sales: namesIn(sales), accounts: namesIn(accounts) };
}

function namesIn(rows: readonly RowDataPacket[]): string[] {
  return rows.map((row) => String(row['name'])).toSorted();
}
