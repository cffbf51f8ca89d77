import type { Ports } from '@frontrow/application/ports/ports.ts';
import type { SeatLock } from '@frontrow/application/ports/booking/seat-lock.ts';
import type { OnWait } from '@frontrow/application/waiting-room/wait-tracker.ts';
import { UNTRACED, type Traces } from '@frontrow/application/ports/shared/traces.ts';
import { unreachable } from '@frontrow/domain/shared/invariant.ts';
import type { Logger } from 'pino';
import { createBullJobReads } from './bullmq/job-reads.ts';
import { createBullJobs } from './bullmq/jobs.ts';
import { createMemoryPorts } from './memory/memory-ports.ts';
import type { Mysql } from './mysql/connection/open-mysql.ts';
import { explainErrors } from './mysql/connection/explain-errors.ts';
import { openMigratedMysql } from './mysql/connection/open-migrated-mysql.ts';
import type { MysqlTls } from './mysql/connection/tls.ts';
import { createReplicaCatalog } from './mysql/catalog/replica-catalog.ts';
import { openShardedPorts } from './mysql/shards/open-sharded-ports.ts';
import { STAFF } from './mysql/shards/aims.ts';
import { isSharded } from './mysql/shards/sharded-url.ts';
import { createMysqlPorts } from './mysql/mysql-ports.ts';
import { createMysqlSeatReads } from './mysql/booking/seat-reads.ts';
import { HOLD_STRATEGIES, type SeatHoldStrategy } from './mysql/booking/hold-strategies/hold-strategies.ts';
import { SCHEDULES } from './process/jobs/schedules.ts';
import type { OpenedPorts } from './process/opened-ports.ts';
import { createRedisCache } from './redis/cache/shared-cache.ts';
import {
  type RedisClient,
  type RedisOpenOptions,
  closeRedis,
  openBlockingRedis,
  openRedis,
  withUnavailable,
  openSubscriber,
} from './redis/connection/connection.ts';
import { checkRedis, readClockOffsetMs } from './redis/connection/health.ts';
import { createKeys } from './redis/connection/keys.ts';
import { openPermittedRedis } from './redis/connection/permissions.ts';
import { createNearCache } from './redis/cache/near-cache.ts';
import { type SeatLockOptions, createRedisSeatLock } from './redis/seat-lock/seat-lock.ts';
import { createRedisWaitingRoom } from './redis/waiting-room/waiting-room.ts';
import type { TokenSecret } from './system/keyed-macs.ts';
import { createNoSeatLock } from './system/no-seat-lock.ts';
import { type Report, createThrottledReport } from './system/throttled-report.ts';
import { type SystemPorts, createSystemPorts } from './system/system-ports.ts';
import { createWebhookSender } from './webhooks/webhook-sender.ts';

export {
  SEAT_HOLD_STRATEGIES,
  SEAT_HOLD_STRATEGY_DEFAULT,
} from './mysql/booking/hold-strategies/hold-strategies.ts';

export { parseRedisUrl } from './redis/connection/address.ts';

export { isSharded };

export type { MysqlTls };

export type PortsConfig =
  | {
      readonly mode: 'memory';
      readonly queueTokenSecrets: readonly TokenSecret[];
      readonly webhooksAllowPrivate?: boolean;
      readonly entryTicketSecrets: readonly TokenSecret[];
    }
  | {
      readonly mode: 'real';
      readonly mysqlUrl: string;
      /** A replica, which answers lists of the catalog; null or absent for none. */
      readonly mysqlReadUrl?: string | null;
      /** Null for plain text. */
      readonly mysqlTls?: MysqlTls | null;
      readonly mysqlPoolSize: number;
      readonly redisUrl: string;
      /** The authorities that a `rediss://` server's certificate is verified by, in PEM; null for the system's. */
      readonly redisTlsCa?: string | null;
      /** What Sentinels ask for; null where they ask for none. */
      readonly redisSentinelPassword?: string | null;
      /** The prefix of all keys of this installation. */
      readonly redisKeyPrefix: string;
      readonly seatHoldStrategy: SeatHoldStrategy;
      readonly queueTokenSecrets: readonly TokenSecret[];
      /** Whether webhooks may use http and addresses that are not public; false by default. */
      readonly webhooksAllowPrivate?: boolean;
      /** Encrypt the secrets of webhook endpoints; without one, no endpoint can be created. */
      readonly webhookSecretKeys?: readonly TokenSecret[];
      readonly entryTicketSecrets: readonly TokenSecret[];
    };
type RealConfig = Extract<PortsConfig, { mode: 'real' }>;

type ServerlessPorts = SystemPorts & Pick<Ports, 'webhookSender'>;

/** Throws an error whose one line names what is missing. */
export async function openPorts(
  config: PortsConfig,
  logger: Logger,
  traces: Traces = UNTRACED,
): Promise<OpenedPorts> {
  const system = {
    ...createSystemPorts(config),
    webhookSender: createWebhookSender({ allowsPrivate: config.webhooksAllowPrivate ?? false }),
  };
  return config.mode === 'memory'
    ? openMemory(system, logger)
    : openReal(config, { ...system, traces }, logger);
}

function openMemory(system: ServerlessPorts, logger: Logger): OpenedPorts {
  let listener: OnWait | null = null;
  return {
    ports: createMemoryPorts({
      ...system,
      onJobError: createJobReport(logger),
      onWait: (wait) => listener?.(wait),
    }),
    dependencies: [],
    poolConnections: () => null,
    readClockOffsetMs: null,
    onWait: (added) => void (listener = added),
    close: async () => undefined,
  };
}

function createJobReport(logger: Logger): Report {
  return createThrottledReport((err, job) => logger.error({ err, job }, `the job ${job} failed`));
}

async function openReal(
  config: RealConfig,
  system: ServerlessPorts & Pick<Ports, 'traces'>,
  logger: Logger,
): Promise<OpenedPorts> {
  const keys = createKeys(config.redisKeyPrefix);
  const report = createThrottledReport((err, about) => logger.warn({ err }, about));
  const redisOptions = {
    url: config.redisUrl,
    tlsCa: config.redisTlsCa ?? null,
    sentinelPassword: config.redisSentinelPassword ?? null,
    onError: (error: Error) => report(error, 'a connection to Redis failed'),
  };
  const { mysql, redis, subscriber } = await openServers(config, redisOptions, (error) =>
    report(error, 'the replica of MySQL could not answer: the primary answers its reads'),
  );
  const mysqlPorts = await openMysqlPorts(mysql, config);
  let listener: OnWait | null = null;
  return {
    ports: {
      ...system,
      newWebhookSecret: (config.webhookSecretKeys ?? []).length === 0 ? null : system.newWebhookSecret,
      ...mysqlPorts,
      waitingRoom: createRedisWaitingRoom({
        ...mysqlPorts,
        redis,
        keys,
        onWait: (wait) => listener?.(wait),
      }),
      seatLock: await openSeatLock(config.seatHoldStrategy, { redis, subscriber, keys, logger }),
      cache: await createNearCache({
        shared: createRedisCache({ redis, keys, logger }),
        subscriber,
        channel: keys.cacheInvalidated,
      }),
      ...createJobPorts(redis, redisOptions, keys.jobs, logger),
    },
    dependencies: [
      { name: 'mysql', check: () => mysql.whyNotWritable(isSharded(config.mysqlUrl) ? STAFF : null) },
      { name: 'redis', check: () => checkRedis(redis, keys.probes) },
    ],
    poolConnections() {
      const { inUse, free, waiting } = mysql.poolStates();
      return { used: inUse, free, waiting };
    },
    readClockOffsetMs: () => readClockOffsetMs(redis),
    onWait: (added) => void (listener = added),
    async close() {
      await Promise.all([closeRedis(redis), closeRedis(subscriber), mysql.close()]);
    },
  };
}

async function openMysqlPorts(mysql: Mysql, config: RealConfig) {
  const { mysqlUrl: url, mysqlTls: tls = null } = config;
  const ports = isSharded(url)
    ? await explainErrors({ url, tls }, () => openShardedPorts(mysql, config))
    : { ...createMysqlPorts(mysql.db, config), seatReads: createMysqlSeatReads(mysql.coalescedDb) };
  if (mysql.replica === null) return ports;
  return { ...ports, catalog: createReplicaCatalog(ports.catalog, mysql.replica) };
}

function createJobPorts(redis: RedisClient, options: RedisOpenOptions, prefix: string, logger: Logger) {
  const { onError } = options;
  const connect = {
    producer: () => openRedis(options),
    worker: () => openBlockingRedis(options),
    close: closeRedis,
  };
  return {
    jobs: createBullJobs({ connect, prefix, logger, onError, onFailure: createJobReport(logger) }),
    jobReads: createBullJobReads({ redis, prefix, schedules: SCHEDULES, onError, withUnavailable }),
  };
}

/** Opens the seat lock that goes with the strategy; null where requests form groups. */
export async function openSeatLock(
  strategy: SeatHoldStrategy,
  redis: SeatLockOptions,
): Promise<SeatLock | null> {
  const { before } = HOLD_STRATEGIES[strategy];
  switch (before) {
    case 'GROUP':
      return null;
    case 'REDIS_LOCK':
      return createRedisSeatLock(redis);
    case 'NOTHING':
      return createNoSeatLock();
    default:
      return unreachable(before);
  }
}

/** Opens all the connections or none. The error names every server that does not answer. */
async function openServers(
  config: RealConfig,
  redisOptions: RedisOpenOptions,
  onReplicaFault: (error: unknown) => void,
): Promise<{ mysql: Mysql; redis: RedisClient; subscriber: RedisClient }> {
  const {
    mysqlUrl: url,
    mysqlReadUrl: readUrl = null,
    mysqlTls: tls = null,
    mysqlPoolSize: poolSize,
  } = config;
  const [mysql, redis, subscriber] = await Promise.allSettled([
    openMigratedMysql({ url, tls, poolSize, readUrl, onReplicaFault }),
    openPermittedRedis(redisOptions, createKeys(config.redisKeyPrefix)),
    openSubscriber(redisOptions),
  ]);
  if (mysql.status === 'fulfilled' && redis.status === 'fulfilled' && subscriber.status === 'fulfilled')
    return { mysql: mysql.value, redis: redis.value, subscriber: subscriber.value };

  if (mysql.status === 'fulfilled') await mysql.value.close();
  if (redis.status === 'fulfilled') await closeRedis(redis.value);
  if (subscriber.status === 'fulfilled') await closeRedis(subscriber.value);
  const outcomes = [mysql, redis, subscriber];
  const errors = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as Error] : [],
  );
  const messages = new Set(errors.map((error) => error.message));
  throw new AggregateError(errors, [...messages].join('; '));
}
