import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './address.ts';

/** A connection to one server, to the present primary of Sentinels, or to every node of a cluster. */
export type RedisClient = Redis | Cluster;

export type RedisSecrets = {
  /** The authorities that a `rediss` server's certificate is verified by, in PEM; null for the system's. */
  readonly tlsCa?: string | null;
  /** What Sentinels ask for; null where they ask for none. */
  readonly sentinelPassword?: string | null;
};

export type CommandSettings = Pick<
  RedisOptions,
  | 'commandTimeout'
  | 'socketTimeout'
  | 'enableOfflineQueue'
  | 'autoResendUnfulfilledCommands'
  | 'maxRetriesPerRequest'
  | 'autoResubscribe'
>;

type Settings = CommandSettings & Pick<RedisOptions, 'username' | 'password' | 'tls' | 'connectTimeout'>;

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 1_000;
/** So that a primary that vanished without a word is replaced in the map of hash slots before its connection times out. */
const SLOTS_REFRESH_MS = 3_000;

const reconnectDelay = (attempt: number) =>
  Math.min(RECONNECT_MAX_MS, attempt * 50) * (0.8 + 0.4 * Math.random());

/** A client that has not connected yet. */
export function createClient(
  address: RedisAddress,
  secrets: RedisSecrets,
  settings: CommandSettings,
): RedisClient {
  const { kind, hosts, tls, username, password } = address;
  const common: Settings = {
    ...settings,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: tlsOf(secrets) } : {}),
    connectTimeout: CONNECT_TIMEOUT_MS,
  };
  switch (kind) {
    case 'SINGLE':
      return new Redis({
        ...common,
        ...hosts[0]!,
        db: address.database,
        lazyConnect: true,
        retryStrategy: reconnectDelay,
      });
    case 'SENTINEL':
      return createSentinelClient(address, secrets, common);
    case 'CLUSTER':
      return createClusterClient(hosts, common);
    default:
      return kind satisfies never;
  }
}

function createSentinelClient(
  { hosts, tls, primaryName, database }: RedisAddress,
  secrets: RedisSecrets,
  common: Settings,
): Redis {
  const { sentinelPassword = null } = secrets;
  let hasConnected = false;
  const redis = new Redis({
    ...common,
    sentinels: [...hosts],
    name: primaryName,
    db: database,
    lazyConnect: true,
    retryStrategy: reconnectDelay,
    // Without a delay the client would end for good.
    sentinelRetryStrategy: (attempt) => (hasConnected ? reconnectDelay(attempt) : null),
    sentinelCommandTimeout: CONNECT_TIMEOUT_MS,
    ...(sentinelPassword === null ? {} : { sentinelPassword }),
    ...(tls ? { sentinelTLS: tlsOf(secrets), enableTLSForSentinelMode: true } : {}),
  });
  redis.once('ready', () => (hasConnected = true));
  return redis;
}

/** No command is sent twice but one that the cluster has redirected, which no node has run. */
function createClusterClient(hosts: RedisAddress['hosts'], common: Settings): Cluster {
  const { enableOfflineQueue = true, ...redisOptions } = common;
  const cluster = new Cluster([...hosts], {
    lazyConnect: true,
    enableOfflineQueue,
    // A cluster that is down answers each command with an error.
    enableReadyCheck: false,
    clusterRetryStrategy: reconnectDelay,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    // Certificates are verified against the name.
    dnsLookup: (host, found) => found(null, host),
    redisOptions,
  });
  cluster.on('+node', connectSoon).on('+node', awaitAsking);
  return cluster;
}

/**
 * A node that is connecting refuses commands, and by default it connects at its first command, so that those behind it
 * fail. Not at once, because the command that was redirected to a new node connects it and waits.
 */
function connectSoon(node: Redis): void {
  queueMicrotask(() => {
    if (node.status === 'wait') node.connect().catch(() => undefined); // reported as an error of the node
  });
}

/**
 * ioredis sends ASKING before a command that the cluster redirects while a hash slot moves, and does not await its answer. Where
 * the node dies, its rejection would end the process; the command fails too.
 */
function awaitAsking(node: Redis): void {
  const asking = node.asking.bind(node);
  node.asking = async () => asking().catch(() => 'OK');
}

function tlsOf({ tlsCa = null }: RedisSecrets): NonNullable<RedisOptions['tls']> {
  return tlsCa === null ? {} : { ca: tlsCa };
}

/** Resolves when each node of the cluster has connected or has failed to. */
export async function connectNodes(cluster: Cluster): Promise<void> {
  await Promise.all(
    cluster.nodes().map(
      (node) =>
        new Promise<void>((resolve) => {
          if (node.status === 'ready' || node.status === 'end') return resolve();
          node.once('ready', resolve).once('end', resolve);
        }),
    ),
  );
}
