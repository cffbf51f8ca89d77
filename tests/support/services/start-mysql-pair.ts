import { type RowDataPacket, createConnection } from 'mysql2/promise';
import { type TcpProxy, openTcpProxy } from '../tcp-proxy.ts';
import type { PrivateServer } from './service.ts';
import { startPrivateMysql } from './start-mysql.ts';

/** A primary and its replica, which is read-only, behind one address. */
export type MysqlPair = {
  /** The address, which leads to the primary. It names no database. */
  readonly url: string;
  readonly relay: TcpProxy;
  primary(): PrivateServer;
  replica(): PrivateServer;
  /**
   * Exchanges the roles of both. New connections reach the new primary, and sessions to the old one stay open, where they
   * find nothing of what is written after.
   */
  switchOver(): Promise<void>;
  /** Lets the replica follow the primary again. */
  follow(): Promise<void>;
  stop(): Promise<void>;
};

const GTIDS = ['--gtid-mode=ON', '--enforce-gtid-consistency=ON'];
const CAUGHT_UP_WITHIN_S = 30;

export async function startMysqlPair(): Promise<MysqlPair> {
  const servers = await Promise.all(
    ['--server-id=1', '--server-id=2'].map((id) =>
      startPrivateMysql({ durable: true, bufferPoolMb: 64, args: [...GTIDS, id] }),
    ),
  );
  let [primary, replica] = servers as [PrivateServer, PrivateServer];
  const relay = await openTcpProxy(primary.url);

  async function follow(): Promise<void> {
    await runSql(
      replica,
      'set global super_read_only = on',
      'stop replica',
      `change replication source to source_host = '${primary.hostForPeers}', source_port = ${primary.port},
        source_user = 'root', source_auto_position = 1, get_source_public_key = 1`,
      'start replica',
    );
  }
  await follow();
  return {
    url: relay.url,
    relay,
    primary: () => primary,
    replica: () => replica,
    async switchOver() {
      const [row] = await runSql(
        primary,
        'set global super_read_only = on',
        'select @@gtid_executed as executed',
      );
      await runSql(
        replica,
        `do wait_for_executed_gtid_set('${row?.['executed']}', ${CAUGHT_UP_WITHIN_S})`,
        'stop replica',
        'set global super_read_only = off',
        'set global read_only = off',
      );
      [primary, replica] = [replica, primary];
      relay.redirectTo(primary.port);
    },
    follow,
    async stop() {
      await relay.close();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** Runs the statements one after the other and returns the rows of the last. */
export async function runSql(server: PrivateServer, ...statements: string[]): Promise<RowDataPacket[]> {
  const connection = await createConnection(server.url);
  try {
    let rows: RowDataPacket[] = [];
    for (const statement of statements) [rows] = await connection.query<RowDataPacket[]>(statement);
    return rows;
  } finally {
    await connection.end();
  }
}
