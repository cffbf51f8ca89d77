import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { eventually } from '../support/eventually.ts';
import type { ShardFacts } from './global-setup.ts';

/**
 * Runs `commit`, whose transaction has written to `first` and to another shard and commits on `first` first, and runs
 * `interrupt` while the commit on `first` waits for its replica. Resolves when `commit` has an outcome.
 */
export async function interruptCommit(
  commit: () => Promise<unknown>,
  first: ShardFacts,
  interrupt: () => Promise<unknown>,
): Promise<void> {
  const [primary, replica] = await Promise.all(
    [first.primaryUrl, first.replicaUrl].map((uri) => createConnection({ uri })),
  );
  try {
    await replica!.query('stop replica io_thread');
    const committed = commit().catch(() => undefined); // what the client is told does not matter here
    await eventually(async () => {
      const waiting = await rowsOf(primary!, `${PROCESSES} where state like 'Waiting for semi-sync ACK%'`);
      if (waiting.length === 0) throw new Error('no commit waits for the replica');
    });
    await interrupt();
    await replica!.query('start replica io_thread');
    await committed;
  } finally {
    for (const connection of [primary, replica]) connection?.destroy();
  }
}

/** Ends the connections to the shard's MySQL whose transactions have written. */
export async function killWriters({ primaryUrl }: ShardFacts): Promise<void> {
  const connection = await createConnection({ uri: primaryUrl });
  try {
    for (const { id } of await rowsOf(connection, WRITERS)) await connection.query('kill ?', [id]);
  } finally {
    connection.destroy();
  }
}

const PROCESSES = 'select id from information_schema.processlist';
const WRITERS = `select trx_mysql_thread_id as id from information_schema.innodb_trx where trx_rows_modified > 0`;

async function rowsOf(connection: Connection, query: string): Promise<RowDataPacket[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query);
  return rows;
}
