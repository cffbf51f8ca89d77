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

/**
 * Lets the tests, which run in other processes, kill a server: `POST /<name>` sends SIGKILL to a vtgate or to the vttablet
 * of a primary, and answers when it serves again. `GET /pids` lists the process ids of the cluster.
 */
export async function serveControl(vitess: Vitess): Promise<ControlServer> {
  const { vtgate, shards } = vitess;
  const servers = new Map<string, PrivateServer>([
    ['vtgate', vtgate.server],
    ...shards.map(({ keyspace, name, primary }) => [`${keyspace}-${name}`, primary.vttablet] as const),
  ]);
  const all = serversOf(vitess);
  const listener = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (name === 'pids') return response.end(JSON.stringify(all.map(({ pid }) => pid)));
    const server = servers.get(name);
    if (request.method !== 'POST' || server === undefined) return response.writeHead(404).end();
    killAndRestart(server).then(
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
