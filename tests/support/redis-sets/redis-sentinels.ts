import { freePort } from '../services/free-port.ts';
import type { RedisEngine } from '../services/program.ts';
import type { PrivateServer } from '../services/service.ts';
import { OPERATOR, startPrivateRedis, startSentinel } from '../services/start-redis.ts';
import { type TcpProxy, openTcpProxy } from '../tcp-proxy.ts';
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

type SentinelOptions = {
  readonly engine?: RedisEngine | undefined;
  /** After this time without an answer the primary is down; long by default, so that a busy machine fails none. */
  readonly downAfterMs?: number;
  /** Additional arguments of every server with data. */
  readonly args?: readonly string[];
  readonly access?: SecuredAccess | undefined;
  /** Whether everybody reaches the first primary by a relay, which can cut it off. */
  readonly relay?: boolean;
};

type SentinelSet = RedisSet & { readonly sentinels: readonly RedisNode[] };

const PRIMARY_NAME = 'frontrow';
const REPLICAS = 2;
const SENTINELS = 3;
const QUORUM = 2;
const PROMOTE_WITHIN_MS = 30_000;

/** Starts a primary, two replicas of it, and three Sentinels. */
export async function startRedisSentinels(options: SentinelOptions = {}): Promise<SentinelSet> {
  const nodes: RedisNode[] = [];
  const sentinels: RedisNode[] = [];
  const { engine, access } = options;
  let relay: TcpProxy | null = null;
  const { scheme, userInfo, host } = addressOf(access);
  const stop = async () => {
    await stopNodes([...sentinels, ...nodes]);
    await relay?.close();
  };
  const isSettled = async () =>
    (await replicationIsUp(nodes, 1)) && (await sentinelsAgree(sentinels, runningIn(nodes).length - 1));
  try {
    const toNode = (server: PrivateServer) => nodeOf(server, access?.ca);
    const started = await startServers(options);
    ({ relay } = started);
    nodes.push(...started.servers.map(toNode));
    const monitor = [host, nodes[0]!.server.port].join(' ');
    const lines = [
      ...(access === undefined ? [] : securedLines()),
      ...sentinelLines(monitor, options.downAfterMs ?? 15_000),
      ...(access === undefined ? [] : passwordLines(access)),
    ];
    const starting = Array.from({ length: SENTINELS }, () => startSentinel(lines, engine, access));
    sentinels.push(...(await allOrNone(starting)).map(toNode));
    await waitUntilSettled(isSettled);
  } catch (cause) {
    await stop();
    throw cause;
  }

  async function primaryOf(): Promise<RedisNode> {
    const { client } = runningIn(sentinels)[0]!;
    const [, port] = (await client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', PRIMARY_NAME)) as [
      string,
      string,
    ];
    return nodeAt(nodes, Number(port));
  }

  return {
    url: `${scheme}+sentinel://${userInfo}${sentinels.map(({ server }) => `${host}:${server.port}`).join(',')}/${PRIMARY_NAME}`,
    how: `Sentinels with ${nodes[0]!.server.how}`,
    nodes,
    sentinels,
    relay,
    primaryOf,
    replicasOf: (primary) => replicasOf(nodes, primary),
    async failOver() {
      const before = await primaryOf();
      await runningIn(sentinels)[0]!.client.call('SENTINEL', 'FAILOVER', PRIMARY_NAME);
      await waitUntil(async () => (await primaryOf()) !== before, PROMOTE_WITHIN_MS);
      await waitUntilSettled(isSettled);
      return primaryOf();
    },
    settled: () => waitUntilSettled(isSettled),
    stop,
  };
}

async function startServers({ engine, args = [], access, relay: isRelayed }: SentinelOptions) {
  const secured = access === undefined ? [] : ['--replica-announce-ip', SECURED_HOST, ...userArgs(access)];
  const settings = ['--repl-diskless-sync-delay', '0', ...secured, ...args];
  const port = await freePort();
  const relay = isRelayed === true ? await openTcpProxy(`redis://127.0.0.1:${port}`) : null;
  const knownPort = relay === null ? port : Number(new URL(relay.url).port);
  const replicaOf = ['--replicaof', addressOf(access).host, String(knownPort)];
  const announced = relay === null ? [] : ['--replica-announce-port', String(knownPort)];
  const [primary, ...replicas] = await allOrNone([
    startPrivateRedis({ engine, port, args: [...settings, ...announced], access }),
    ...Array.from({ length: REPLICAS }, () =>
      startPrivateRedis({ engine, args: [...settings, ...replicaOf], access }),
    ),
  ]);
  // The set knows the first server by the port of its relay, as the other servers do.
  const first = relay === null ? primary! : Object.create(primary!, { port: { value: knownPort } });
  return { servers: [first as PrivateServer, ...replicas], relay };
}

/** Before the line that names the primary. */
function securedLines(): string[] {
  return [
    'sentinel resolve-hostnames yes',
    'sentinel announce-hostnames yes',
    `sentinel announce-ip ${SECURED_HOST}`,
  ];
}

function passwordLines({ password, sentinelPassword, sentinelRules }: SecuredAccess): string[] {
  return [
    `sentinel auth-user ${PRIMARY_NAME} ${OPERATOR}`,
    `sentinel auth-pass ${PRIMARY_NAME} ${password}`,
    `sentinel sentinel-user ${OPERATOR}`,
    `sentinel sentinel-pass ${password}`,
    `user default on >${sentinelPassword} ${sentinelRules.join(' ')}`,
  ];
}

function sentinelLines(monitor: string, downAfterMs: number): string[] {
  return [
    `sentinel monitor ${PRIMARY_NAME} ${monitor} ${QUORUM}`,
    `sentinel down-after-milliseconds ${PRIMARY_NAME} ${downAfterMs}`,
    // A second attempt after a failed one waits for twice this time.
    `sentinel failover-timeout ${PRIMARY_NAME} 10000`,
    `sentinel parallel-syncs ${PRIMARY_NAME} ${REPLICAS}`,
  ];
}

/** True when every Sentinel knows the others, the same primary, and the replicas. */
async function sentinelsAgree(sentinels: readonly RedisNode[], replicas: number): Promise<boolean> {
  const running = runningIn(sentinels);
  const views = await Promise.all(
    running.map(async ({ client }) =>
      pairs((await client.call('SENTINEL', 'MASTER', PRIMARY_NAME)) as string[]),
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
