import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PrivateServer } from '../support/services/service.ts';
import { type Vitess, serversOf } from './cluster/start-vitess.ts';

export type ControlServer = {
  readonly url: string;
  readonly servers: readonly string[];
  stop(): Promise<void>;
};

/** What the tests may do with a server. A restart ends when the server serves again. */
const ACTS: Readonly<Record<string, (server: PrivateServer) => Promise<void>>> = {
  kill: (server) => server.kill('SIGKILL'),
  restart: (server) => server.restart(),
  freeze: async ({ pid }) => void process.kill(pid!, 'SIGSTOP'),
  thaw: async ({ pid }) => void process.kill(pid!, 'SIGCONT'),
};

/**
 * Lets the tests, which run in other processes, stop a vtgate or the vttablet of a primary. `POST /<name>` sends SIGKILL and
 * answers when the server serves again; `POST /<name>/<act>` does one of `ACTS`. `GET /pids` lists the process ids of the
 * cluster.
 */
export async function serveControl(vitess: Vitess): Promise<ControlServer> {
  const { vtgate, shards } = vitess;
  const servers = new Map<string, PrivateServer>([
    ['vtgate', vtgate.server],
    ...shards.map(({ keyspace, name, primary }) => [`${keyspace}-${name}`, primary.vttablet] as const),
  ]);
  const all = serversOf(vitess);
  const listener = createServer((request, response) => {
    const [, name = '', act] = (request.url ?? '').split('/');
    if (name === 'pids') return response.end(JSON.stringify(all.map(({ pid }) => pid)));
    const server = servers.get(name);
    const run = act === undefined ? killAndRestart : ACTS[act];
    if (request.method !== 'POST' || server === undefined || run === undefined)
      return response.writeHead(404).end();
    run(server).then(
      () => response.end(),
      (cause: unknown) => response.writeHead(500).end(String(cause)),
    );
    return response;
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    servers: [...servers.keys()],
    async stop() {
      listener.close();
      listener.closeAllConnections();
    },
  };
}

async function killAndRestart(server: PrivateServer): Promise<void> {
  await server.kill('SIGKILL');
  await server.restart();
}
