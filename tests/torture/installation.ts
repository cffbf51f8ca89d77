import { setTimeout as delay } from 'node:timers/promises';
import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { Redis } from 'ioredis';
import { type Connection, createConnection } from 'mysql2/promise';
import { type Client, createClient } from '../support/client.ts';
import { type AppProcess, HTTP_ENV } from '../support/processes.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateMysql } from '../support/services/start-mysql.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';
import { openTcpProxy } from '../support/tcp-proxy.ts';
import { type SupervisedProcess, supervise } from './supervised-process.ts';

export const KEY_PREFIX = 'torture';
const CLIENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** Every write of Redis is on disk before it is answered, so that a kill loses nothing. */
const REDIS_ARGS = ['--appendonly', 'yes', '--appendfsync', 'always'];
const DATABASE = 'torture';
const REPLICATED_WITHIN_MS = 10_000;

/** frontrow as it runs in production, with a proxy between each process and each server. All of it on loopback. */
export type Installation = {
  readonly http: readonly SupervisedProcess[];
  readonly workers: readonly SupervisedProcess[];
  readonly mysql: PrivateServer;
  readonly mysqlUrl: string;
  readonly services: Readonly<Record<string, string>>;
  /** The one that is the primary now; changes with a failover. */
  redis(): PrivateServer;
  /** Past the proxies. */
  connectToMysql(): Promise<Connection>;
  /** Past the proxies, to the present primary; the caller disconnects. */
  connectToRedis(): Redis;
  /** Replaces the primary by a replica that lacks what was written in the last `lagMs`. */
  failOver(lagMs: number): Promise<void>;
  /** A process that is not down, one after the other. */
  readonly client: () => Client;
  close(): Promise<void>;
};

export async function openInstallation(): Promise<Installation> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const undo of cleanUp.splice(0).toReversed()) await undo();
  };
  try {
    const mysql = await startPrivateMysql({ durable: true, bufferPoolMb: 128 });
    cleanUp.push(() => mysql.stop());
    const mysqlUrl = `${mysql.url}/${DATABASE}`;
    await migrate(mysqlUrl);
    const pair = await Promise.all([
      startPrivateRedis({ args: REDIS_ARGS }),
      startPrivateRedis({ args: REDIS_ARGS }),
    ]);
    for (const server of pair) cleanUp.push(() => server.stop());
    let [primary, replica] = pair;

    const start = async (name: string, main: string) => {
      const proxies = { mysql: await openTcpProxy(mysqlUrl), redis: await openTcpProxy(primary.url) };
      cleanUp.push(
        () => proxies.mysql.close(),
        () => proxies.redis.close(),
      );
      const env = {
        ...HTTP_ENV,
        WORKER_PORT: '0',
        LOG_LEVEL: 'error',
        MYSQL_URL: proxies.mysql.url,
        REDIS_URL: proxies.redis.url,
        REDIS_KEY_PREFIX: KEY_PREFIX,
        QUEUE_TOKEN_SECRETS: 'torture:tickets-of-the-torture-are-signed-with-this',
        ENTRY_TICKET_SECRETS: 'torture:entry-tickets-of-the-torture-are-signed-with-this',
      };
      const started = await supervise({ name, main, env, ...proxies });
      cleanUp.push(() => started.stop());
      return started;
    };
    const http = [
      await start('http 1', 'apps/http/src/main.ts'),
      await start('http 2', 'apps/http/src/main.ts'),
    ];
    const workers = [
      await start('worker 1', 'apps/worker/src/main.ts'),
      await start('worker 2', 'apps/worker/src/main.ts'),
    ];
    const connectToRedis = () =>
      new Redis(primary.url, { maxRetriesPerRequest: 1, commandTimeout: CONNECT_TIMEOUT_MS }).on(
        'error',
        () => undefined,
      );
    return {
      http,
      workers,
      mysql,
      mysqlUrl,
      services: { MySQL: `${mysql.how}, every commit flushed`, Redis: `${primary.how}, appendfsync always` },
      redis: () => primary,
      connectToMysql: () => connect(mysqlUrl),
      connectToRedis,
      async failOver(lagMs) {
        await replicate(primary, replica, lagMs);
        [primary, replica] = [replica, primary];
        for (const { redis } of [...http, ...workers]) redis.switchTo(primary.port);
      },
      client: createClients(http, cleanUp),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function connect(uri: string): Promise<Connection> {
  const connection = await createConnection({ uri, timezone: 'Z', connectTimeout: CONNECT_TIMEOUT_MS });
  connection.on('error', () => undefined); // its server may be killed
  await connection.query(`set time_zone = '+00:00'`);
  return connection;
}

/** Makes `replica` a copy of `primary` as that was `lagMs` ago, and a primary itself. */
async function replicate(primary: PrivateServer, replica: PrivateServer, lagMs: number): Promise<void> {
  const redis = new Redis(replica.url, { maxRetriesPerRequest: 1 }).on('error', () => undefined);
  try {
    await redis.replicaof('127.0.0.1', primary.port);
    const deadline = Date.now() + REPLICATED_WITHIN_MS;
    while (!(await redis.info('replication')).includes('master_link_status:up')) {
      if (Date.now() > deadline) throw new Error('the replica does not follow its primary');
      await delay(20);
    }
    await redis.replicaof('NO', 'ONE');
    await delay(lagMs);
  } finally {
    redis.disconnect();
  }
}

function createClients(
  http: readonly SupervisedProcess[],
  cleanUp: (() => Promise<unknown>)[],
): () => Client {
  const clients = new Map<AppProcess, Client>();
  let turn = 0;
  return () => {
    const running = http.flatMap((process) => process.current() ?? []);
    const process = running[turn++ % running.length];
    if (process === undefined) throw new Error('every HTTP process is down');
    let client = clients.get(process);
    if (client === undefined) {
      client = createClient(process.url, CLIENT_TIMEOUT_MS);
      clients.set(process, client);
      const opened = client;
      cleanUp.push(() => opened.close());
    }
    return client;
  };
}
