import { SEAT_HOLD_STRATEGY_DEFAULT, openPorts } from '@frontrow/adapters/open-ports.ts';
import type { OpenedPorts } from '@frontrow/adapters/process/opened-ports.ts';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { type Keys, createKeys } from '@frontrow/adapters/redis/connection/keys.ts';
import { type Application, createApplication } from '@frontrow/application/application.ts';
import { createLogger } from '@frontrow/adapters/process/logger.ts';
import { Redis } from 'ioredis';
import type { PrivateServer } from '@frontrow/tests/support/services/service.ts';
import { startPrivateMysql } from '@frontrow/tests/support/services/start-mysql.ts';
import { startPrivateRedis } from '@frontrow/tests/support/services/start-redis.ts';
import { type Cores, findCores, leaveServerCore } from './cpu-cores.ts';
import { cpuMicrosOf } from './process-cpu.ts';
import {
  ENTRIES,
  type MeasuredServer,
  type MeasuredServers,
  startMeasuredServer,
} from './measured-server.ts';

/** What a process in production requires of access tokens. */
export const ACCESS_CLAIMS = { iss: 'https://id.bench.example', aud: 'frontrow' };
export const ACCESS_SECRET = 'access-tokens-of-the-benchmark-are-signed-so';
export const TICKET_SECRET = { keyId: 'bench', secret: 'tickets-of-the-benchmark-are-signed-with-this' };
export const KEY_PREFIX = 'bench';

/** A private MySQL and Redis, the ports and use cases on them, and measured servers that use the same stores. */
export type Testbed = {
  readonly cores: Cores | null;
  readonly services: Readonly<Record<string, string>>;
  readonly mysqlUrl: string;
  readonly redisUrl: string;
  /** The CPU time that MySQL has used so far, in µs. */
  mysqlCpuMicros(): number;
  readonly ports: OpenedPorts['ports'];
  readonly application: Application;
  readonly redis: Redis;
  readonly roomKeys: Keys['room'];
  /** Starts frontrow, by default the build of this repository's working tree. */
  startServer(env?: Readonly<Record<string, string>>, entry?: string): Promise<MeasuredServer>;
  /** A server, and the bare baseline's, see bench/server/bare-process.ts. */
  startServers(): Promise<MeasuredServers>;
  close(): Promise<void>;
};

/** With `durable`, MySQL flushes every commit to disk before it answers, as in production. */
export async function openTestbed({ durable = false } = {}): Promise<Testbed> {
  const cores = findCores();
  leaveServerCore(cores);
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  const started = async (server: PrivateServer) => {
    undo.push(() => server.stop());
    return server;
  };
  try {
    const mysql = await started(await startPrivateMysql({ durable }));
    const privateRedis = await started(await startPrivateRedis());
    const mysqlUrl = `${mysql.url}/bench`;
    await migrate(mysqlUrl);
    const opened = await openPorts(
      {
        mode: 'real',
        mysqlUrl,
        mysqlPoolSize: 10,
        redisUrl: privateRedis.url,
        redisKeyPrefix: KEY_PREFIX,
        seatHoldStrategy: SEAT_HOLD_STRATEGY_DEFAULT,
        queueTokenSecrets: [TICKET_SECRET],
        entryTicketSecrets: [TICKET_SECRET],
      },
      createLogger('warn'),
    );
    undo.push(() => opened.close());
    const redis = new Redis(privateRedis.url, { enableAutoPipelining: true });
    undo.push(async () => redis.disconnect());
    const start = async (entry: string, env: Readonly<Record<string, string>>) => {
      const nodeOptions = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
      const server = await startMeasuredServer({ entry, cores, env, nodeOptions });
      undo.push(() => server.stop());
      return server;
    };
    const startServer = (env: Readonly<Record<string, string>> = {}, entry: string = ENTRIES.frontrow) =>
      start(entry, {
        MYSQL_URL: mysqlUrl,
        REDIS_URL: privateRedis.url,
        REDIS_KEY_PREFIX: KEY_PREFIX,
        QUEUE_TOKEN_SECRETS: `${TICKET_SECRET.keyId}:${TICKET_SECRET.secret}`,
        ENTRY_TICKET_SECRETS: `${TICKET_SECRET.keyId}:${TICKET_SECRET.secret}`,
        AUTH_JWT_SECRET: ACCESS_SECRET,
        AUTH_ISSUER: ACCESS_CLAIMS.iss,
        AUTH_AUDIENCE: ACCESS_CLAIMS.aud,
        QUEUE_POLL_LIMIT: 'off',
        RATE_LIMITS: 'off',
        WEB: 'off',
        ...env,
      });
    return {
      cores,
      services: { MySQL: mysql.how, Redis: privateRedis.how },
      mysqlUrl,
      redisUrl: privateRedis.url,
      mysqlCpuMicros: () => cpuMicrosOf(mysql.pid),
      ports: opened.ports,
      application: createApplication(opened.ports),
      redis,
      roomKeys: createKeys(KEY_PREFIX).room,
      startServer,
      startServers: async () => ({ frontrow: await startServer(), bare: await start(ENTRIES.bare, {}) }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
