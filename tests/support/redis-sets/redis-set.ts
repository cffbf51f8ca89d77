import { Redis } from 'ioredis';
import type { TcpProxy } from '../tcp-proxy.ts';
import { waitUntil } from '../services/wait-until.ts';
import type { PrivateServer } from '../services/service.ts';

/** One server of a set, and a connection to it alone, which reconnects after a restart. */
export type RedisNode = { readonly server: PrivateServer; readonly client: Redis };

/** Servers that fail over: a Redis Cluster, or a primary with replicas and Sentinels. */
export type RedisSet = {
  /** For REDIS_URL. */
  readonly url: string;
  /** Where the program came from, for people. */
  readonly how: string;
  /** The servers with data, primaries and replicas. */
  readonly nodes: readonly RedisNode[];
  /** By which everybody reaches the first server; null where they reach it directly. */
  readonly relay: TcpProxy | null;
  /** The present primary of a key, as the servers that run see it. */
  primaryOf(key: string): Promise<RedisNode>;
  replicasOf(primary: RedisNode): Promise<RedisNode[]>;
  /** Promotes a replica of the key's primary while the primary runs. Resolves with the new primary. */
  failOver(key: string): Promise<RedisNode>;
  /** Resolves when every server that runs has its role, and every replica its primary's data. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const SETTLE_WITHIN_MS = 60_000;

/** `ca` is the authority of a server with TLS. */
export function nodeOf(server: PrivateServer, ca?: string): RedisNode {
  const client = new Redis(server.url, {
    maxRetriesPerRequest: 1,
    retryStrategy: () => 100,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  client.on('error', () => undefined); // a test may kill the server
  return { server, client };
}

export function runningIn(nodes: readonly RedisNode[]): RedisNode[] {
  return nodes.filter(({ server }) => server.pid !== undefined);
}

export function nodeAt(nodes: readonly RedisNode[], port: number): RedisNode {
  const found = nodes.find(({ server }) => server.port === port);
  if (found === undefined) throw new Error(`no server of the set has the port ${port}`);
  return found;
}

/** The fields of a section of INFO. */
async function readInfo({ client }: RedisNode, section: string): Promise<Map<string, string>> {
  const lines = (await client.info(section)).split('\r\n').map((line) => line.split(':'));
  return new Map(lines.map(([name = '', value = '']) => [name, value]));
}

/** The replicas that run and have a link to the primary. */
export async function replicasOf(nodes: readonly RedisNode[], primary: RedisNode): Promise<RedisNode[]> {
  const replicas = await Promise.all(
    runningIn(nodes).map(async (node) => {
      const info = await readInfo(node, 'replication');
      const isReplica =
        info.get('role') === 'slave' && info.get('master_port') === String(primary.server.port);
      return isReplica && info.get('master_link_status') === 'up' ? [node] : [];
    }),
  );
  return replicas.flat();
}

/** True when all but `primaries` of the running servers replicate, each from another running one. */
export async function replicationIsUp(nodes: readonly RedisNode[], primaries: number): Promise<boolean> {
  const running = runningIn(nodes);
  const linked = await Promise.all(running.map((node) => replicasOf(nodes, node)));
  return linked.flat().length === running.length - primaries;
}

export function waitUntilSettled(isSettled: () => Promise<boolean>): Promise<void> {
  return waitUntil(isSettled, SETTLE_WITHIN_MS);
}

export async function stopNodes(nodes: readonly RedisNode[]): Promise<void> {
  for (const { client } of nodes) client.disconnect();
  await Promise.all(nodes.map(({ server }) => server.stop()));
}

/** The servers, once all have started; if one fails, the others are stopped. */
export async function allOrNone(starting: readonly Promise<PrivateServer>[]): Promise<PrivateServer[]> {
  const outcomes = await Promise.allSettled(starting);
  const servers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failed.reason;
}
