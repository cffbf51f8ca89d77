import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { Redis, type RedisOptions, ReplyError } from 'ioredis';

export type RedisOpenOptions = {
  readonly url: string;
  /** The authorities that a `rediss://` server's certificate is verified by, in PEM; null for the system's. */
  readonly tlsCa?: string | null;
  /** Called with every error of the connection, also while it comes back by itself. */
  readonly onError: (error: Error) => void;
};

const CONNECT_TIMEOUT_MS = 2_000;
const COMMAND_TIMEOUT_MS = 2_000;
/** Longer than BullMQ blocks for (10 s): a connection that owes an answer for so long is dead. */
const SILENCE_MAX_MS = 15_000;
const AUDIT_TIMEOUT_MS = 60_000;
const RECONNECT_MAX_MS = 1_000;

/** Replies keep the shape that they have under every version of the protocol. */
type Settings = Omit<RedisOptions, 'replyMapping'>;

const base: Settings = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  retryStrategy: (attempt) => Math.min(RECONNECT_MAX_MS, attempt * 50) * (0.8 + 0.4 * Math.random()),
};

/** For commands: while Redis is away each one fails at once, and none is ever sent twice. */
export function openRedis(options: RedisOpenOptions): Promise<Redis> {
  return open(options, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: COMMAND_TIMEOUT_MS * 2,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // With any other number a command that was under way when the connection broke is not told so.
    maxRetriesPerRequest: 0,
  });
}

/** For a BullMQ worker: its blocking commands wait for as long as it takes Redis to come back. */
export function openBlockingRedis(options: RedisOpenOptions): Promise<Redis> {
  return open(options, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MAX_MS });
}

/** For reading whole rooms, whose answers take their time; it gives up where Redis is away. */
export function openAuditReader(options: RedisOpenOptions): Promise<Redis> {
  return open(options, {
    commandTimeout: AUDIT_TIMEOUT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  });
}

/** For listening: subscriptions are renewed whenever Redis comes back. */
export function openSubscriber(options: RedisOpenOptions): Promise<Redis> {
  return open(options, { maxRetriesPerRequest: null, autoResubscribe: true });
}

/** Throws an error that says in one line which server does not answer, and why. */
async function open({ url, tlsCa = null, onError }: RedisOpenOptions, settings: Settings): Promise<Redis> {
  const redis = new Redis(url, { ...base, ...settings, ...(tlsCa === null ? {} : { tls: { ca: tlsCa } }) });
  let lastError: Error | null = null;
  const remember = (error: Error) => (lastError = error);
  redis.on('error', remember);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    const reason = describe(lastError ?? (error as Error));
    throw new Error(`cannot reach Redis at ${hostOf(redis)} (REDIS_URL): ${reason}`, { cause: error });
  }
  redis.off('error', remember);
  redis.on('error', onError);
  return redis;
}

/** Ends the connection in good order where that is possible, and in any case. */
export async function closeRedis(redis: Redis): Promise<void> {
  // A connection that is away would queue the farewell for as long as it takes.
  if (redis.status !== 'ready') return redis.disconnect();
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  }
}

/** Runs Redis commands; where Redis is away throws `Unavailable('redis')`. */
export async function withUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw redisFault(error);
  }
}

/** `Unavailable('redis')` for an error that says that Redis is away, and the error itself for any other. */
export function redisFault(error: unknown): unknown {
  return isAway(error) ? new Unavailable('redis', { cause: error }) : error;
}

/** Redis answers, but with the news that it cannot serve now. */
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

/** Without the password that the URL may hold. */
function hostOf({ options: { host, port } }: Redis): string {
  return `${host}:${port}`;
}

/** A name with several addresses fails with an AggregateError, whose own message is empty. */
function describe(error: Error): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error ? inner.message : String(inner);
}
