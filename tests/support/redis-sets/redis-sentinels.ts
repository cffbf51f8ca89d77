import { freePort } from '../services/free-port.ts';
import type { RedisEngine } from '../services/program.ts';
import type { PrivateServer } from '../services/service.ts';
import { startPrivateRedis, startSentinel } from '../services/start-redis.ts';
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

type SentinelOptions = {
  readonly engine?: RedisEngine | undefined;
  /** After this time without an answer the master is down; long by default, so that a busy machine fails none. */
  readonly downAfterMs?: number;
  /** Additional arguments of every server with data. */
  readonly args?: readonly string[];
};

type SentinelSet = RedisSet & { readonly sentinels: readonly RedisNode[] };

const MASTER_NAME = 'frontrow';
const REPLICAS = 2;
const SENTINELS = 3;
const QUORUM = 2;
const PROMOTE_WITHIN_MS = 30_000;

/** Starts a master, two replicas of it, and three Sentinels. */
export async function startRedisSentinels(options: SentinelOptions = {}): Promise<SentinelSet> {
  const nodes: RedisNode[] = [];
  const sentinels: RedisNode[] = [];
  const stop = () => stopNodes([...sentinels, ...nodes]);
  const isSettled = async () =>
    (await replicationIsUp(nodes, 1)) && (await sentinelsAgree(sentinels, runningIn(nodes).length - 1));
  try {
    nodes.push(...(await startServers(options)).map(nodeOf));
    const lines = sentinelLines(nodes[0]!.server.port, options.downAfterMs ?? 15_000);
    const starting = Array.from({ length: SENTINELS }, () => startSentinel(lines, options.engine));
    sentinels.push(...(await allOrNone(starting)).map(nodeOf));
    await waitUntilSettled(isSettled);
  } catch (cause) {
    await stop();
    throw cause;
  }

  async function masterOf(): Promise<RedisNode> {
    const { client } = runningIn(sentinels)[0]!;
    const [, port] = (await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER_NAME)) as [
      string,
      string,
    ];
    return nodeAt(nodes, Number(port));
  }

  return {
    url: `redis+sentinel://${sentinels.map(({ server }) => `127.0.0.1:${server.port}`).join(',')}/${MASTER_NAME}`,
    how: `Sentinels with ${nodes[0]!.server.how}`,
    nodes,
    sentinels,
    masterOf,
    replicasOf: (master) => replicasOf(nodes, master),
    async failOver() {
      const before = await masterOf();
      await runningIn(sentinels)[0]!.client.call('SENTINEL', 'FAILOVER', MASTER_NAME);
      await waitUntil(async () => (await masterOf()) !== before, PROMOTE_WITHIN_MS);
      await waitUntilSettled(isSettled);
      return masterOf();
    },
    settled: () => waitUntilSettled(isSettled),
    stop,
  };
}

async function startServers({ engine, args = [] }: SentinelOptions): Promise<PrivateServer[]> {
  const settings = ['--repl-diskless-sync-delay', '0', ...args];
  const port = await freePort();
  const replicaOf = ['--replicaof', '127.0.0.1', String(port)];
  return allOrNone([
    startPrivateRedis({ engine, port, args: settings }),
    ...Array.from({ length: REPLICAS }, () =>
      startPrivateRedis({ engine, args: [...settings, ...replicaOf] }),
    ),
  ]);
}

function sentinelLines(masterPort: number, downAfterMs: number): string[] {
  return [
    `sentinel monitor ${MASTER_NAME} 127.0.0.1 ${masterPort} ${QUORUM}`,
    `sentinel down-after-milliseconds ${MASTER_NAME} ${downAfterMs}`,
    // A second attempt after a failed one waits for twice this time.
    `sentinel failover-timeout ${MASTER_NAME} 10000`,
    `sentinel parallel-syncs ${MASTER_NAME} ${REPLICAS}`,
  ];
}

/** True when every Sentinel knows the others, the same master, and the replicas. */
async function sentinelsAgree(sentinels: readonly RedisNode[], replicas: number): Promise<boolean> {
  const running = runningIn(sentinels);
  const views = await Promise.all(
    running.map(async ({ client }) =>
      pairs((await client.call('SENTINEL', 'MASTER', MASTER_NAME)) as string[]),
    ),
  );
  const ports = new Set(views.map((view) => view['port']));
  return (
    ports.size === 1 &&
    views.every(
      (view) =>
        view['flags'] === 'master' &&
        Number(view['num-slaves']) >= replicas &&
        Number(view['num-other-sentinels']) === SENTINELS - 1,
    )
  );
}

function pairs(flat: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) fields[flat[at]!] = flat[at + 1]!;
  return fields;
}
