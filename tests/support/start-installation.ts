import type { Redis } from 'ioredis';
import type { Connection } from 'mysql2/promise';
import type { AuditReport } from '@frontrow/worker/audit/audit-books.ts';
import { type Client, createClient } from './client.ts';
import { type Fan, createFan } from './fan.ts';
import { type AppProcess, HTTP_ENV, startProcess } from './processes.ts';
import { type Operator, createOperator } from './operator.ts';
import type { PrivateServer } from './services/service.ts';
import { type ServerOptions, openServers } from './open-servers.ts';

type Env = Readonly<Record<string, string>>;

export type InstallationOptions = ServerOptions & {
  /** How many processes of each kind run at first; 2 and 0 by default. */
  readonly http?: number;
  readonly workers?: number;
  readonly env?: Env;
};

/** frontrow as it runs: processes of the HTTP app and of the worker, one database, one Redis. */
export type Installation = Operator & {
  readonly http: readonly AppProcess[];
  readonly workers: readonly AppProcess[];
  readonly db: Connection;
  /** The invariants of seats, money and waiting rooms that do not hold; asked over connections of its own. */
  findViolations(): Promise<AuditReport['violations']>;
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
export async function startInstallation({
  http = 2,
  workers = 0,
  env = {},
  ...options
}: InstallationOptions): Promise<Installation> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const undo of cleanUp.splice(0).toReversed()) await undo();
  };
  try {
    const servers = await openServers(options, cleanUp);
    const processes = createProcesses({ ...servers.env, ...env }, cleanUp);
    const talk = createTalk(processes.http, cleanUp);
    const { startHttp, startWorker } = processes;
    await allOrNone([...times(http, startHttp), ...times(workers, startWorker)]);
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

/** Waits for all, also where one fails, so that the clean-up knows of each. */
async function allOrNone(starting: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(starting);
  await Promise.all(starting);
}

function times<T>(count: number, start: () => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, () => start());
}
