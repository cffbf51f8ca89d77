import type { RedisEngine } from '../services/program.ts';
import { startPrivateRedis } from '../services/start-redis.ts';
import { waitUntil } from '../services/wait-until.ts';
import {
  type RedisNode,
  type RedisSet,
  allOrNone,
  nodeAt,
  nodeOf,
  replicasOf,
  replicationIsUp,
  runningIn,
  stopNodes,
  waitUntilSettled,
} from './redis-set.ts';
import { SECURED_HOST, type SecuredAccess, addressOf, userArgs } from './secured-access.ts';

type ClusterOptions = {
  readonly engine?: RedisEngine | undefined;
  /** After this time without an answer a primary has failed; long by default, so that a busy machine fails none. */
  readonly nodeTimeoutMs?: number;
  /** Additional arguments of every server. */
  readonly args?: readonly string[];
  readonly access?: SecuredAccess | undefined;
};

const SLOTS = 16_384;
const PRIMARIES = 3;
const FORM_WITHIN_MS = 30_000;

/** Starts three primaries, each with a third of the slots, and a replica of each. */
export async function startRedisCluster(options: ClusterOptions = {}): Promise<RedisSet> {
  const servers = await startServers(options);
  const nodes = servers.map((server) => nodeOf(server, options.access?.ca));
  const { scheme, userInfo, host } = addressOf(options.access);
  const isSettled = async () => (await slotsAreServed(nodes)) && (await replicationIsUp(nodes, PRIMARIES));
  try {
    await form(nodes);
    await waitUntilSettled(isSettled);
  } catch (cause) {
    await stopNodes(nodes);
    throw cause;
  }

  async function primaryOf(key: string): Promise<RedisNode> {
    const { client } = runningIn(nodes)[0]!;
    const slot = await client.cluster('KEYSLOT', key);
    const ranges = await client.cluster('SLOTS');
    const range = ranges.find(([from, to]) => from <= slot && slot <= to);
    if (range === undefined) throw new Error(`no server has the slot ${slot}`);
    const [, , [, port] = []] = range;
    return nodeAt(nodes, Number(port));
  }

  return {
    url: `${scheme}+cluster://${userInfo}${servers.map(({ port }) => `${host}:${port}`).join(',')}`,
    how: `a cluster of ${servers[0]!.how}`,
    nodes,
    relay: null,
    primaryOf,
    replicasOf: (primary) => replicasOf(nodes, primary),
    async failOver(key) {
      const primary = await primaryOf(key);
      const [replica] = await replicasOf(nodes, primary);
      if (replica === undefined) throw new Error('the primary has no replica');
      await replica.client.cluster('FAILOVER');
      await waitUntil(async () => (await primaryOf(key)) === replica, FORM_WITHIN_MS);
      await waitUntilSettled(isSettled);
      return replica;
    },
    settled: () => waitUntilSettled(isSettled),
    stop: () => stopNodes(nodes),
  };
}

async function startServers({ engine, nodeTimeoutMs = 15_000, args = [], access }: ClusterOptions) {
  const settings = [
    ['--cluster-enabled', 'yes'],
    ['--cluster-node-timeout', String(nodeTimeoutMs)],
    ['--cluster-require-full-coverage', 'no'],
    ['--cluster-allow-replica-migration', 'no'],
    ['--repl-diskless-sync-delay', '0'],
    access === undefined ? [] : securedArgs(access),
    args,
  ].flat();
  return allOrNone(
    Array.from({ length: 2 * PRIMARIES }, () => startPrivateRedis({ engine, args: settings, access })),
  );
}

function securedArgs(access: SecuredAccess): string[] {
  return [
    ['--tls-cluster', 'yes'],
    ['--cluster-announce-hostname', SECURED_HOST, '--cluster-preferred-endpoint-type', 'hostname'],
    ['--replica-announce-ip', SECURED_HOST],
    userArgs(access),
  ].flat();
}

/** The first half of the nodes become primaries, the second half their replicas. */
async function form(nodes: readonly RedisNode[]): Promise<void> {
  await Promise.all(
    nodes.map(async ({ client }, index) => {
      // Equal epochs would be told apart later, one after the other.
      await client.cluster('SET-CONFIG-EPOCH', index + 1);
      if (index >= PRIMARIES) return;
      const from = Math.floor((SLOTS * index) / PRIMARIES);
      const to = Math.floor((SLOTS * (index + 1)) / PRIMARIES) - 1;
      await client.cluster('ADDSLOTSRANGE', from, to);
    }),
  );
  // All pairs, because gossip alone takes seconds.
  await Promise.all(
    nodes.flatMap(({ client }, index) =>
      nodes.slice(index + 1).map(({ server }) => client.cluster('MEET', '127.0.0.1', server.port)),
    ),
  );
  await Promise.all(
    nodes.slice(PRIMARIES).map(async ({ client }, index) => {
      const primary = await nodes[index]!.client.cluster('MYID');
      // Refused until the replica knows its primary.
      await waitUntil(() => client.cluster('REPLICATE', primary), FORM_WITHIN_MS);
    }),
  );
}

async function slotsAreServed(nodes: readonly RedisNode[]): Promise<boolean> {
  const running = runningIn(nodes);
  const infos = await Promise.all(running.map(({ client }) => client.cluster('INFO')));
  const slots = await Promise.all(running.map(({ client }) => client.cluster('SLOTS')));
  // A server calls another one so whose announced name it has not learned yet.
  if (JSON.stringify(slots).includes('"?"')) return false;
  const expected = ['cluster_state:ok', `cluster_slots_ok:${SLOTS}`, `cluster_known_nodes:${nodes.length}`];
  return infos.every((info) => expected.every((line) => info.includes(line)));
}
