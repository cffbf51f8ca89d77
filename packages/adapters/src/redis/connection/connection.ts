import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { Cluster, ReplyError } from 'ioredis';
import { type RedisAddress, parseRedisUrl } from './address.ts';
import {
  type CommandSettings,
  type RedisClient,
  type RedisSecrets,
  connectNodes,
  createClient,
} from './clients.ts';
import { checkServer, explain, messageOf } from './start-check.ts';

export type { RedisClient };

export type RedisOpenOptions = RedisSecrets & {
  readonly url: string;
  /** Called with every error of the connection. It reconnects without help. */
  readonly onError: (error: Error) => void;
};

const COMMAND_TIMEOUT_MS = 2_000;
/** After it, a connection whose server does not answer is dead. */
const SOCKET_TIMEOUT_MS = 2 * COMMAND_TIMEOUT_MS;
/** Longer than BullMQ's blocking commands wait (10 s): after it, a connection without an answer is dead. */
const SILENCE_MAX_MS = 15_000;
const AUDIT_TIMEOUT_MS = 60_000;
/** Of the connection, of a node of the cluster, and of a Sentinel. */
const ERROR_EVENTS = ['error', 'node error', 'sentinelError'];

/** For commands. While Redis is away each command fails at once. No command is sent twice. */
export function openRedis(options: RedisOpenOptions): Promise<RedisClient> {
  return open(options, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // With any other number a command under way does not fail when the connection breaks.
    maxRetriesPerRequest: 0,
  });
}

/** For a BullMQ worker. Its blocking commands wait until Redis is back. */
export function openBlockingRedis(options: RedisOpenOptions): Promise<RedisClient> {
  return open(options, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MAX_MS });
}

/** For reading whole rooms, which takes long. Fails while Redis is away. */
export function openAuditReader(options: RedisOpenOptions): Promise<RedisClient> {
  return open(options, {
    commandTimeout: AUDIT_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/** For subscriptions, which are renewed after every reconnection. */
export function openSubscriber(options: RedisOpenOptions): Promise<RedisClient> {
  return open(options, {
    maxRetriesPerRequest: null,
    autoResubscribe: true,
    socketTimeout: SOCKET_TIMEOUT_MS,
  });
}

/** Throws an error whose message names the servers and the reason in one line. */
async function open(options: RedisOpenOptions, settings: CommandSettings): Promise<RedisClient> {
  const address = parseRedisUrl(options.url);
  const redis = createClient(address, options, settings);
  let lastError: Error | null = null;
  const remember = (error: Error) => (lastError = error);
  for (const event of ERROR_EVENTS) redis.on(event, remember);
  try {
    await redis.connect();
    if (redis instanceof Cluster) await connectNodes(redis);
    lastError = null;
    await checkServer(redis, address);
  } catch (error) {
    redis.disconnect();
    const told = lastError ?? (error as Error);
    const fault = CLOSED.test(told.message) ? await findFault(address, options) : null;
    const reason = fault === null ? explain(told, address) : messageOf(fault);
    throw new Error(`cannot use Redis at ${hostsOf(address)} (${variablesOf(address)}): ${reason}`, {
      cause: error,
    });
  }
  for (const event of ERROR_EVENTS) redis.off(event, remember).on(event, options.onError);
  return redis;
}

/** What ioredis says of a cluster and of Sentinels to which it gets no connection. */
const CLOSED = /Connection is closed\.$/;

/** Why the first server of the URL takes no connection; null where it takes one. */
async function findFault(address: RedisAddress, secrets: RedisSecrets): Promise<Error | null> {
  const first = { ...address, kind: 'SINGLE', hosts: address.hosts.slice(0, 1) } as const;
  const server = createClient(first, secrets, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  const faults: Error[] = [];
  server.on('error', (error: Error) => faults.push(error));
  try {
    await server.connect();
  } catch {
    // The error of the socket says more.
  } finally {
    server.disconnect();
  }
  return faults.find((fault) => !(fault instanceof ReplyError)) ?? null;
}

function variablesOf({ kind, tls }: RedisAddress): string {
  const variables = ['REDIS_URL'];
  if (tls) variables.push('REDIS_TLS_CA_FILE');
  if (kind === 'SENTINEL') variables.push('REDIS_SENTINEL_PASSWORD');
  return variables.join(', ');
}

/** Without the password that the URL may contain. */
function hostsOf({ hosts }: RedisAddress): string {
  return hosts.map(({ host, port }) => `${host}:${port}`).join(',');
}

const SUBSCRIBE_TRIES_MAX = 5;
const SUBSCRIBE_AGAIN_MS = 100;

/** Tries again, because a cluster's client breaks off while it moves its subscriptions to another node. */
export async function subscribe(subscriber: RedisClient, channel: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await subscriber.subscribe(channel);
      return;
    } catch (error) {
      if (tries === SUBSCRIBE_TRIES_MAX || !isAway(error)) throw redisFault(error);
      await delay(SUBSCRIBE_AGAIN_MS * tries);
    }
  }
}

/** Sends QUIT where the connection is ready, and closes it in any case. */
export async function closeRedis(redis: RedisClient): Promise<void> {
  // Without a connection QUIT would wait in the queue.
  if (redis.status !== 'ready') return redis.disconnect();
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  }
}

/** Runs Redis commands. Throws `Unavailable('redis')` while Redis is away. */
export async function withUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw redisFault(error);
  }
}

/** `Unavailable('redis')` for an error by which Redis is away, and any other error unchanged. */
export function redisFault(error: unknown): unknown {
  return isAway(error) ? new Unavailable('redis', { cause: error }) : error;
}

/** Error replies by which Redis cannot serve now. */
const NOT_NOW =
  /^(LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MOVED|ASK|READONLY|NOREPLICAS|MISCONF|OOM|ERR max number)\b/;
const LOST_NAMES = new Set(['AbortError', 'InterruptError', 'MaxRetriesPerRequestError']);
const LOST_MESSAGES = new RegExp(
  `^(${[
    'Connection is closed',
    'Command timed out',
    "Stream isn't writeable",
    'Socket timeout',
    'connect ',
    "Cluster isn't ready",
    'Too many Cluster redirections',
    'Failed to refresh slots cache',
    'None of startup nodes is available',
    'All sentinels are unreachable',
  ].join('|')})`,
);

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ReplyError) return NOT_NOW.test(error.message);
  return LOST_NAMES.has(error.name) || LOST_MESSAGES.test(error.message) || isSocketError(error);
}

function isSocketError(error: NodeJS.ErrnoException): boolean {
  return typeof error.syscall === 'string' || error.code === 'EPIPE';
}
