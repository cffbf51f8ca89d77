import type { RedisClient } from '@frontrow/adapters/redis/connection/connection.ts';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { AuditReport } from '@frontrow/worker/audit/audit-books.ts';
import { type Client, createClient } from './client.ts';
import { createPatientClient } from './patient-client.ts';
import { type Fan, createFan } from './fan.ts';
import { type AppProcess, HTTP_ENV, startProcess } from './processes.ts';
import { type Operator, createOperator } from './operator.ts';
import type { RedisSet } from './redis-sets/redis-set.ts';
import type { PrivateServer } from './services/service.ts';
import type { MysqlPair } from './services/start-mysql-pair.ts';
import { type ServerOptions, openServers } from './open-servers.ts';

type Env = Readonly<Record<string, string>>;

export type InstallationOptions = ServerOptions & {
  /** How many processes of each kind start; 2 HTTP processes and no worker by default. */
  readonly http?: number;
  readonly workers?: number;
  readonly env?: Env;
};

/** A running frontrow: processes of the HTTP app and of the worker, one database and one Redis. */
export type Installation = Operator & {
  readonly http: readonly AppProcess[];
  readonly workers: readonly AppProcess[];
  readonly db: Connection;
  /** The rows of a query about one concert, wherever they are. */
  readRows(query: string, values: readonly unknown[]): Promise<RowDataPacket[]>;
  /** The invariants of seats, money and waiting rooms that do not hold, read over separate connections. */
  findViolations(): Promise<AuditReport['violations']>;
  readonly redis: RedisClient;
  readonly redisUrl: string;
  readonly keyPrefix: string;
  /** The installation's own server; throws if it shares one. */
  privateRedis(): PrivateServer;
  privateMysql(): PrivateServer;
  redisSet(): RedisSet;
  mysqlPair(): MysqlPair;
  startHttp(env?: Env): Promise<AppProcess>;
  startWorker(env?: Env): Promise<AppProcess>;
  /**
   * A fan whose requests go to the running HTTP processes in turn; those of `at(n)` go to process n. A request that is
   * answered 503 UNAVAILABLE is sent again. With a scope, a member of the staff.
   */
  fan(userId: string, scope?: string): Fan;
  /** Fans who take the first answer, also a 503. */
  readonly impatient: Pick<Installation, 'fan'>;
  /** A user with the scope admin. */
  readonly admin: Fan;
  close(): Promise<void>;
};

/** Starts an installation with its own database and Redis key prefix. */
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
    const processes = createProcesses(servers.env, env, cleanUp);
    const clientOf = createClientOf(processes.http, cleanUp);
    const { startHttp, startWorker } = processes;
    await allOrNone([...times(http, startHttp), ...times(workers, startWorker)]);
    const patientClientOf = (process?: number) => createPatientClient(clientOf(process));
    const admin = createFan('admin', patientClientOf, 'admin');
    return {
      ...createOperator(admin),
      admin,
      ...servers,
      ...processes,
      fan: (userId, scope) => createFan(userId, patientClientOf, scope),
      impatient: { fan: (userId, scope) => createFan(userId, clientOf, scope) },
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

function createProcesses(servers: Env, options: Env, cleanUp: (() => Promise<unknown>)[]) {
  const http: AppProcess[] = [];
  const workers: AppProcess[] = [];
  const starter =
    (kind: AppProcess[], name: string, main: string, own: Env) =>
    async (env: Env = {}) => {
      const started = await startProcess({ name, main, env: { ...servers, ...own, ...options, ...env } });
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

/** Returns the client of process `index`, or without an index those of the running processes in turn. */
function createClientOf(processes: readonly AppProcess[], cleanUp: (() => Promise<unknown>)[]) {
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

/** Waits for all before it throws, so that the clean-up knows every process. */
async function allOrNone(starting: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(starting);
  await Promise.all(starting);
}

function times<T>(count: number, start: () => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, () => start());
}
