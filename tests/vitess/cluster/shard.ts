import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/services/free-port.ts';
import type { PrivateServer } from '../../support/services/service.ts';
import { startPrivateMysql } from '../../support/services/start-mysql.ts';
import { makeTemporaryFolder } from '../../support/services/temporary-folder.ts';
import type { Parts } from './parts.ts';
import { startVitessProcess } from './start-vitess-process.ts';
import { CELL } from './topology.ts';

/** A MySQL server and the process of Vitess in front of it. */
export type Tablet = {
  readonly alias: string;
  readonly mysql: PrivateServer;
  readonly vttablet: PrivateServer;
};

export type Shard = {
  readonly keyspace: string;
  /** The range of the keyspace ids, as in "-80". */
  readonly name: string;
  /** The primary of the start, which a test may replace. */
  readonly primary: Tablet;
  readonly replicas: readonly Tablet[];
};

/** Where a shard belongs, and how many replicas it has. */
export type ShardPlan = Pick<Shard, 'keyspace' | 'name'> & { readonly replicaCount: number };

/** What Vitess needs for replication with an acknowledgement before each commit. */
const REPLICATION = [
  '--gtid-mode=ON',
  '--enforce-gtid-consistency=ON',
  '--skip-replica-start',
  '--relay-log-recovery=1',
  '--plugin-load=rpl_semi_sync_source=semisync_source.so;rpl_semi_sync_replica=semisync_replica.so',
  // A commit waits for the replica without a limit: never is it the primary's alone.
  '--loose-rpl-semi-sync-source-timeout=1000000000000000000',
  '--max-allowed-packet=64M',
  // For ten servers on one machine.
  '--performance-schema=OFF',
  '--innodb-log-buffer-size=4M',
  '--innodb-use-native-aio=OFF', // the kernel gives few such requests to all programs together
];
const MYSQL_USERS = ['app', 'appdebug', 'allprivs', 'dba', 'filtered', 'repl'];
/** As long as the connections of frontrow may wait between two statements of a transaction. */
const TRANSACTION_TIMEOUT = '10s';
/** As long as an audit may take. */
const AUDIT_TIMEOUT = '10m';
/** Vitess resolves a transaction whose outcome its coordinator has left open after this time. */
const ABANDON_AGE = '2s';

/** Starts the tablets of a shard, of which none is the primary yet. `id` numbers the shards of the cluster. */
export async function startShard(
  parts: Parts,
  { keyspace, name, replicaCount, id }: ShardPlan & { readonly id: number },
): Promise<Shard> {
  const start = (member: number) => startTablet(parts, { keyspace, name, uid: id * 10 + member });
  const primary = await start(1);
  const replicas: Tablet[] = [];
  for (let member = 2; member <= replicaCount + 1; member += 1) replicas.push(await start(member));
  return { keyspace, name, primary, replicas };
}

async function startTablet(
  { engine, topology, started }: Parts,
  { keyspace, name, uid }: Pick<Shard, 'keyspace' | 'name'> & { readonly uid: number },
): Promise<Tablet> {
  const alias = `${CELL}-${uid}`;
  const socketFolder = await makeSocketFolder();
  const socket = join(socketFolder, 'mysqld.sock');
  const mysql = await startPrivateMysql({
    durable: true,
    bufferPoolMb: 64,
    args: [`--server-id=${uid}`, `--socket=${socket}`, ...REPLICATION],
  });
  started.push(mysql);
  const grpcPort = await freePort();
  const vttablet = await startVitessProcess({
    name: 'vttablet',
    command: (_dir, port) => [
      engine.vttablet,
      ...topology.flags,
      `--tablet-path=${alias}`,
      '--tablet-hostname=127.0.0.1',
      `--init-keyspace=${keyspace}`,
      `--init-shard=${name}`,
      '--init-tablet-type=replica',
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--grpc-bind-address=127.0.0.1',
      `--grpc-port=${grpcPort}`,
      '--service-map=grpc-queryservice,grpc-tabletmanager,grpc-updatestream',
      // Vitess prepares no transaction over TCP: MySQL must end the connections of a killed tablet at once.
      `--db-socket=${socket}`,
      ...MYSQL_USERS.flatMap((user) => [`--db-${user}-user=root`, `--db-${user}-use-ssl=false`]),
      '--health-check-interval=1s',
      `--queryserver-config-transaction-timeout=${TRANSACTION_TIMEOUT}`,
      `--queryserver-config-olap-transaction-timeout=${AUDIT_TIMEOUT}`,
      '--queryserver-config-transaction-cap=200',
      '--queryserver-config-max-result-size=1000000',
      // A read that joins one that began before the fan's own write would miss that write.
      '--enable-consolidator=false',
      `--twopc-abandon-age=${ABANDON_AGE}`,
      '--log-format=text',
    ],
    url: (port) => `http://127.0.0.1:${port}`,
    isReady: async (port) => (await fetch(`http://127.0.0.1:${port}/debug/status`)).ok,
  });
  started.push(vttablet);
  return { alias, mysql, vttablet };
}

/** A folder in which the user of the tablet finds the socket of its MySQL. */
async function makeSocketFolder(): Promise<string> {
  const folder = await makeTemporaryFolder('vitess-socket');
  await chmod(folder, 0o755);
  return folder;
}
