import { freePort } from '../../support/services/free-port.ts';
import { startLocalServer } from '../../support/services/local-server.ts';
import { runCommand } from '../../support/services/run-command.ts';
import type { Engine } from './build-engine.ts';
import { startVitessProcess } from './start-vitess-process.ts';

export const CELL = 'zone1';
const READY_WITHIN_MS = 60_000;
const COMMAND_TIMEOUT_MS = 120_000;

/** Started servers, which the caller stops, also where a later one fails to start. */
export type Stoppable = { stop(): Promise<void> };

/** The topology server and vtctld, and the commands of Vitess that read and change it. */
export type Topology = {
  /** What each program of Vitess is told of the topology. */
  readonly flags: readonly string[];
  /** Runs a command of vtctldclient and returns what it prints. */
  readonly vtctl: (...args: readonly string[]) => Promise<string>;
};

/** `started` gets both servers. */
export async function startTopology(engine: Engine, started: Stoppable[]): Promise<Topology> {
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
  started.push(server);
  const address = new URL(server.url).host;
  const flags = [
    '--topo-implementation=etcd2',
    `--topo-global-server-address=${address}`,
    '--topo-global-root=/vitess/global',
  ];
  const run = (where: readonly string[], args: readonly string[]) =>
    runCommand([engine.vtctldclient, ...where, '--log-level=error', ...args], {
      timeoutMs: COMMAND_TIMEOUT_MS,
    });
  const cell = [`--root=/vitess/${CELL}`, `--server-address=${address}`, CELL];
  await run(['--server=internal', ...flags], ['AddCellInfo', ...cell]);
  const { vtctld, grpcAddress } = await startVtctld(engine, flags);
  started.push(vtctld);
  return { flags, vtctl: (...args) => run([`--server=${grpcAddress}`], args) };
}

/** The process that runs the commands: vtctldclient alone cannot switch traffic. */
async function startVtctld(engine: Engine, flags: readonly string[]) {
  const grpcPort = await freePort();
  const vtctld = await startVitessProcess({
    name: 'vtctld',
    command: (_dir, port) => [
      engine.vtctld,
      ...flags,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--grpc-bind-address=127.0.0.1',
      `--grpc-port=${grpcPort}`,
      '--service-map=grpc-vtctl,grpc-vtctld',
      '--log-format=text',
    ],
    url: urlOf,
    isReady: async (port) => (await fetch(`${urlOf(port)}/debug/status`)).ok,
  });
  return { vtctld, grpcAddress: `127.0.0.1:${grpcPort}` };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}
