import { freePort } from '../../support/services/free-port.ts';
import { askMysql } from '../../support/services/probe.ts';
import type { PrivateServer } from '../../support/services/service.ts';
import type { Parts } from './parts.ts';
import { startVitessProcess } from './start-vitess-process.ts';
import { CELL } from './topology.ts';

/** How a transaction over several shards commits: in two phases, or on one shard after the other. */
export type TransactionMode = 'TWOPC' | 'MULTI';

/** The process that frontrow connects to. */
export type Vtgate = {
  readonly server: PrivateServer;
  /** The address for MySQL's clients, without a path. */
  readonly mysqlUrl: string;
};

export async function startVtgate(
  { engine, topology, started }: Parts,
  transactionMode: TransactionMode,
): Promise<Vtgate> {
  const [webPort, grpcPort] = [await freePort(), await freePort()];
  const server = await startVitessProcess({
    name: 'vtgate',
    command: (_dir, port) => [
      engine.vtgate,
      ...topology.flags,
      `--cell=${CELL}`,
      `--cells-to-watch=${CELL}`,
      '--tablet-types-to-wait=PRIMARY',
      '--bind-address=127.0.0.1',
      `--port=${webPort}`,
      '--grpc-bind-address=127.0.0.1',
      `--grpc-port=${grpcPort}`,
      '--mysql-auth-server-impl=none',
      '--mysql-server-bind-address=127.0.0.1',
      `--mysql-server-port=${port}`,
      `--transaction-mode=${transactionMode}`,
      '--no-scatter',
      '--log-format=text',
    ],
    url: mysqlUrlOf,
    isReady: async (port) => (await askMysql(mysqlUrlOf(port), 'select 1 as one'))['one'] === 1,
  });
  started.push(server);
  return { server, mysqlUrl: server.url };
}

function mysqlUrlOf(port: number): string {
  return `mysql://root@127.0.0.1:${port}`;
}
