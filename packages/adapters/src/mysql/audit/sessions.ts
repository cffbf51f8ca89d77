import { performance } from 'node:perf_hooks';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { explainErrors } from '../connection/explain-errors.ts';
import { type MysqlTls, tlsOptions } from '../connection/tls.ts';
import { type Keyspace, useTarget } from '../shards/aims.ts';
import { shardsOf } from '../shards/shard-map.ts';
import { driverUrl, isSharded } from '../shards/sharded-url.ts';

/** Reads one moment of a database: a read-only transaction, which locks nothing and for which nobody waits. */
export type Session = {
  /** The slots of its shard, both included. */
  readonly slots: { readonly first: number; readonly last: number };
  readonly select: (query: string, values?: readonly unknown[]) => Promise<RowDataPacket[]>;
};

/** One for each shard. Without shards, the same one for both. */
export type Sessions = {
  readonly isSharded: boolean;
  readonly sales: readonly Session[];
  readonly accounts: readonly Session[];
};

export type SessionOptions = { readonly url: string; readonly tls?: MysqlTls | null };

const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 120_000;
/** Together, so that a long audit does not keep the server from purging old versions of rows for ever. */
const AUDIT_TIMEOUT_MS = 600_000;
const SLOT_LAST = 255;

/** Runs `work` on sessions that begin at nearly the same time, and ends them. */
export async function withSessions<T>(
  options: SessionOptions,
  work: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const opened: Connection[] = [];
  const open = async (): Promise<Connection> => {
    const connection = await connect(options);
    opened.push(connection);
    return connection;
  };
  try {
    const beginAll = isSharded(options.url) ? beginOnShards : beginOnOne;
    return await work(await explainErrors(options, () => beginAll(open)));
  } finally {
    for (const connection of opened) connection.destroy();
  }
}

async function connect({ url, tls = null }: SessionOptions): Promise<Connection> {
  const options = {
    ...tlsOptions(tls),
    uri: driverUrl(url),
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
  };
  const connection = await createConnection(options);
  connection.on('error', () => undefined); // the statement that is lost throws as well
  return connection;
}

async function beginOnOne(open: () => Promise<Connection>): Promise<Sessions> {
  const session = await begin(await open(), { first: 0, last: SLOT_LAST });
  return { isSharded: false, sales: [session], accounts: [session] };
}

async function beginOnShards(open: () => Promise<Connection>): Promise<Sessions> {
  const [rows] = await (await open()).query<RowDataPacket[]>('show vitess_shards');
  const names = rows.map((row) => String(Object.values(row)[0]));
  const beginAll = (keyspace: Keyspace) => {
    const shards = shardsOf(names, keyspace);
    const sessions = shards.map(async ({ first, target }, index) => {
      const connection = await open();
      await connection.query(useTarget(target));
      await connection.query(`set session workload = 'olap'`); // vttablet limits the rows and the time of other reads
      return begin(connection, { first, last: (shards[index + 1]?.first ?? SLOT_LAST + 1) - 1 });
    });
    return Promise.all(sessions);
  };
  const [sales, accounts] = await Promise.all([beginAll('sales'), beginAll('accounts')]);
  return { isSharded: true, sales, accounts };
}

async function begin(connection: Connection, slots: Session['slots']): Promise<Session> {
  await connection.query(`set session time_zone = '+00:00', transaction_isolation = 'REPEATABLE-READ',
    max_execution_time = ${STATEMENT_TIMEOUT_MS}`);
  await connection.query(`start transaction with consistent snapshot, read only`);
  const deadline = performance.now() + AUDIT_TIMEOUT_MS;
  const session: Session = {
    slots,
    async select(query, values = []) {
      if (performance.now() > deadline) throw new Error('the audit of MySQL took too long');
      const timeout = STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS; // beyond the server's own, for one that is silent
      const [rows] = await connection.query<RowDataPacket[]>({ sql: query, timeout, values: [...values] });
      return rows;
    },
  };
  // After the snapshot: a hold that expires in between must not count as live beside the one that follows it.
  const [row] = await session.select('select sysdate(3) as audited_at');
  await connection.query('set @audited_at = ?', [row!['audited_at']]);
  return session;
}
