import { randomBytes } from 'node:crypto';
import { migrate } from '@frontrow/adapters/mysql/migrate.ts';
import { Redis } from 'ioredis';
import { type Connection, createConnection } from 'mysql2/promise';
import { inject } from 'vitest';
import { findViolations } from './audit.ts';
import { type Client, createClient } from './client.ts';
import { type Fan, createFan } from './fan.ts';
import { createTestDatabase } from './mysql-database.ts';
import { type AppProcess, HTTP_ENV, startProcess } from './processes.ts';
import { type Operator, createOperator } from './sale.ts';
import type { PrivateServer } from './services/service.ts';
import { startPrivateMysql } from './services/start-mysql.ts';
import { startPrivateRedis } from './services/start-redis.ts';

type Env = Readonly<Record<string, string>>;

export type WorldOptions = {
  /** How many processes of each kind run at first; 2 and 0 by default. */
  readonly http?: number;
  readonly workers?: number;
  readonly env?: Env;
  /** A Redis of this world's own, which may be emptied and killed. */
  readonly privateRedis?: boolean;
  /** The same with MySQL, which then flushes every commit to disk. */
  readonly privateMysql?: boolean;
};

/** frontrow as it runs: processes of the HTTP app and of the worker, one database, one Redis. */
export type World = Operator & {
  readonly http: readonly AppProcess[];
  readonly workers: readonly AppProcess[];
  readonly db: Connection;
  /** What breaks an invariant of seats and money; asked over a connection of its own. */
  findViolations(): ReturnType<typeof findViolations>;
  readonly redis: Redis;
  readonly redisUrl: string;
  readonly keyPrefix: string;
  /** Throws unless this world has one of its own. */
  privateRedis(): PrivateServer;
  privateMysql(): PrivateServer;
  startHttp(env?: Env): Promise<AppProcess>;
  startWorker(env?: Env): Promise<AppProcess>;
  /** Someone who asks the running HTTP processes in turn; `at(n)` asks the one that was started as the n-th. */
  fan(userId: string): Fan;
  /** Someone with the scope admin. */
  readonly admin: Fan;
  close(): Promise<void>;
};

/** In a database and under a Redis prefix of its own. */
export async function startWorld({
  http = 2,
  workers = 0,
  env = {},
  ...options
}: WorldOptions): Promise<World> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const undo of cleanUp.splice(0).toReversed()) await undo();
  };
  try {
    const servers = await openServers(options, cleanUp);
    const processes = createProcesses({ ...servers.env, ...env }, cleanUp);
    const talk = createTalk(processes.http, cleanUp);
    const { startHttp, startWorker } = processes;
    await Promise.all([...times(http, startHttp), ...times(workers, startWorker)]);
    const admin = createFan('admin', talk, 'admin');
    return {
      ...createOperator(admin),
      admin,
      ...servers,
      ...processes,
      fan: (userId) => createFan(userId, talk),
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function openServers(options: WorldOptions, cleanUp: (() => Promise<unknown>)[]) {
  const [database, redisServer] = await Promise.all([
    options.privateMysql === true ? openPrivateDatabase() : createTestDatabase(),
    options.privateRedis === true ? startPrivateRedis() : null,
  ]);
  cleanUp.push(() => database.drop());
  if (redisServer !== null) cleanUp.push(() => redisServer.stop());
  const redisUrl = redisServer?.url ?? inject('redisUrl');
  const keyPrefix = `test-${randomBytes(6).toString('hex')}`;

  const db = await connectTo(database.url);
  cleanUp.push(async () => db.destroy());
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // comes back by itself
  cleanUp.push(async () => redis.disconnect());
  return {
    db,
    redis,
    redisUrl,
    keyPrefix,
    privateRedis: () => ownOf(redisServer),
    privateMysql: () => ownOf('server' in database ? database.server : null),
    async findViolations() {
      const connection = await connectTo(database.url);
      return findViolations(connection).finally(() => connection.destroy());
    },
    env: {
      MYSQL_URL: database.url,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: keyPrefix,
      QUEUE_TOKEN_SECRETS: 'test:tickets-of-the-tests-are-signed-with-this',
    },
  };
}

async function openPrivateDatabase() {
  const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
  const url = `${server.url}/frontrow`;
  await migrate(url);
  return { url, server, drop: () => server.stop() };
}

async function connectTo(uri: string): Promise<Connection> {
  const connection = await createConnection({ uri, timezone: 'Z' });
  connection.on('error', () => undefined); // its server may be killed
  await connection.query(`set time_zone = '+00:00'`);
  return connection;
}

function ownOf(server: PrivateServer | null): PrivateServer {
  if (server === null) throw new Error('this world shares that server with others');
  return server;
}

function createProcesses(common: Env, cleanUp: (() => Promise<unknown>)[]) {
  const http: AppProcess[] = [];
  const workers: AppProcess[] = [];
  const starter =
    (kind: AppProcess[], name: string, main: string, own: Env) =>
    async (env: Env = {}) => {
      const started = await startProcess({ name, main, env: { ...common, ...own, ...env } });
      cleanUp.push(() => started.kill('SIGKILL'));
      kind.push(started);
      return started;
    };
  return {
    http,
    workers,
    startHttp: starter(http, 'http', 'apps/http/src/main.ts', HTTP_ENV),
    startWorker: starter(workers, 'worker', 'apps/worker/src/main.ts', { WORKER_PORT: '0' }),
  };
}

/** Answers whom a fan asks: the running processes in turn, or the one that is named. */
function createTalk(processes: readonly AppProcess[], cleanUp: (() => Promise<unknown>)[]) {
  const clients = new Map<AppProcess, Client>();
  let turn = 0;
  return (index?: number): Client => {
    const running = processes.filter((process) => process.isRunning());
    const chosen = index === undefined ? running[turn++ % running.length] : processes[index];
    if (chosen === undefined) throw new Error('no such HTTP process');
    const known = clients.get(chosen);
    if (known !== undefined) return known;
    const client = createClient(chosen.url);
    clients.set(chosen, client);
    cleanUp.push(() => client.close());
    return client;
  };
}

function times<T>(count: number, start: () => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, () => start());
}
