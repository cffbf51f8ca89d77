import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { Redis, type RedisOptions, ReplyError } from 'ioredis';

export type RedisOpenOptions = {
  readonly url: string;
  /** The authorities that a `rediss://` server's certificate is verified by, in PEM; null for the system's. */
  readonly tlsCa?: string | null;
  /** Called with every error of the connection. It reconnects without help. */
  readonly onError: (error: Error) => void;
};

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 2_000;
/** Longer than BullMQ's blocking commands wait (10 s): after it, a connection without an answer is dead. */
const SILENCE_MAX_MS = 15_000;
const AUDIT_TIMEOUT_MS = 60_000;
const RECONNECT_MAX_MS = 1_000;

/** `replyMapping` would make the shape of replies depend on the protocol's version. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

const base: Settings = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  retryStrategy: (attempt) => Math.min(RECONNECT_MAX_MS, attempt * 50) * (0.8 + 0.4 * Math.random()),
};

/** For commands. While Redis is away each command fails at once. No command is sent twice. */
export function openRedis(options: RedisOpenOptions): Promise<Redis> {
  return open(options, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: COMMAND_TIMEOUT_MS * 2,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // With any other number a command under way does not fail when the connection breaks.
    maxRetriesPerRequest: 0,
  });
}

/** For a BullMQ worker. Its blocking commands wait until Redis is back. */
export function openBlockingRedis(options: RedisOpenOptions): Promise<Redis> {
  return open(options, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MAX_MS });
}

/** For reading whole rooms, which takes long. Fails while Redis is away. */
export function openAuditReader(options: RedisOpenOptions): Promise<Redis> {
  return open(options, {
    commandTimeout: AUDIT_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/** For subscriptions, which are renewed after every reconnection. */
export function openSubscriber(options: RedisOpenOptions): Promise<Redis> {
  return open(options, { maxRetriesPerRequest: null, autoResubscribe: true });
}

/** Throws an error whose message names the server and the reason in one line. */
async function open({ url, tlsCa = null, onError }: RedisOpenOptions, settings: Settings): Promise<Redis> {
  const redis = new Redis(url, { ...base, ...settings, ...(tlsCa === null ? {} : { tls: { ca: tlsCa } }) });
  let lastError: Error | null = null;
  const remember = (error: Error) => (lastError = error);
  redis.on('error', remember);
  try {
    await redis.connect();
    // Without it, the client ignores that the database does not exist, and uses another one.
    if (redis.options.db) await redis.select(redis.options.db);
  } catch (error) {
    redis.disconnect();
    const reason = describe(lastError ?? (error as Error));
    const variables = redis.options.tls ? 'REDIS_URL, REDIS_TLS_CA_FILE' : 'REDIS_URL';
    throw new Error(`cannot use Redis at ${hostOf(redis)} (${variables}): ${reason}`, { cause: error });
  }
  redis.off('error', remember);
  redis.on('error', onError);
  return redis;
}

/** Sends QUIT where the connection is ready, and closes it in any case. */
export async function closeRedis(redis: Redis): Promise<void> {
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
  /^(LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|READONLY|NOREPLICAS|MISCONF|OOM|ERR max number)\b/;
const LOST_NAMES = new Set(['AbortError', 'InterruptError', 'MaxRetriesPerRequestError']);
const LOST_MESSAGES =
  /^(Connection is closed|Command timed out|Stream isn't writeable|Socket timeout|connect )/;

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ReplyError) return NOT_NOW.test(error.message);
  return LOST_NAMES.has(error.name) || LOST_MESSAGES.test(error.message) || isSocketError(error);
}

function isSocketError(error: NodeJS.ErrnoException): boolean {
  return typeof error.syscall === 'string' || error.code === 'EPIPE';
}

/** The URL may contain a password. */
function hostOf({ options: { host, port } }: Redis): string {
  return `${host}:${port}`;
}

/** A host name with several addresses fails with an AggregateError, whose own message is empty. */
function describe(error: Error): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}
