import { freePort } from '../../support/services/free-port.ts';
import { startLocalServer } from '../../support/services/local-server.ts';
import { runCommand } from '../../support/services/run-command.ts';
import type { PrivateServer } from '../../support/services/service.ts';
import type { Engine } from './build-engine.ts';

export const CELL = 'zone1';
const READY_WITHIN_MS = 60_000;
const COMMAND_TIMEOUT_MS = 120_000;

/** The topology server, and the commands of Vitess that read and change it. */
export type Topology = {
  readonly server: PrivateServer;
  /** What each program of Vitess is told of the topology. */
  readonly flags: readonly string[];
  /** Runs a command of vtctldclient and returns what it prints. */
  readonly vtctl: (...args: readonly string[]) => Promise<string>;
};

export async function startTopology(engine: Engine): Promise<Topology> {
  const peerUrl = `http://127.0.0.1:${await freePort()}`;
  const server = await startLocalServer({
    name: 'etcd',
    how: 'etcd',
    readyWithinMs: READY_WITHIN_MS,
    command: (dir, port) => [
      engine.etcd,
      `--data-dir=${dir}/data`,
      `--listen-client-urls=${urlOf(port)}`,
      `--advertise-client-urls=${urlOf(port)}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync', // the topology ends with the test
    ],
    url: urlOf,
    isReady: async (port) => (await fetch(`${urlOf(port)}/health`)).ok,
  });
  const address = new URL(server.url).host;
  const flags = [
    '--topo-implementation=etcd2',
    `--topo-global-server-address=${address}`,
    '--topo-global-root=/vitess/global',
  ];
  const vtctl: Topology['vtctl'] = (...args) =>
    runCommand([engine.vtctldclient, '--server=internal', ...flags, '--log-level=error', ...args], {
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  await vtctl('AddCellInfo', `--root=/vitess/${CELL}`, `--server-address=${address}`, CELL);
  return { server, flags, vtctl };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
