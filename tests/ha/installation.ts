import { randomBytes } from 'node:crypto';
import { issueCertificate, writeCertificate } from '../support/certificates.ts';
import { type Client, createClient } from '../support/client.ts';
import { type AppProcess, HTTP_ENV, startProcess } from '../support/processes.ts';
import { runProgram } from '../support/run-program.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startHaproxy } from '../support/services/start-haproxy.ts';
import { startPrivateRedis } from '../support/services/start-redis.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../support/services/temporary-folder.ts';
import { type MysqlGroup, run, startMysqlGroup } from './mysql-group.ts';

export const DATABASE = 'frontrow';
export const KEY_PREFIX = 'ha';
const HTTP_PROCESSES = 2;
const WORKERS = 2;
const CLIENT_TIMEOUT_MS = 15_000;
/** By this name processes of frontrow connect, and by this address members do. The certificate of every member has both. */
const PROXY_HOST = 'localhost';
const MEMBER_IP = '127.0.0.1';

/** Processes of frontrow whose MySQL is a group behind HAProxy, which passes their TLS on to the members. The members use TLS among themselves too. */
export type HaInstallation = {
  readonly group: MysqlGroup;
  readonly proxy: PrivateServer;
  readonly redis: PrivateServer;
  readonly processes: readonly AppProcess[];
  readonly services: Readonly<Record<string, string>>;
  /** Of each HTTP process in turn. */
  readonly client: () => Client;
  close(): Promise<void>;
};

type Env = Readonly<Record<string, string>>;

const PASSWORDS = {
  migration: randomBytes(12).toString('hex'),
  http: randomBytes(12).toString('hex'),
  worker: randomBytes(12).toString('hex'),
};
const ACCOUNTS: Env = Object.fromEntries(
  Object.entries(PASSWORDS).flatMap(([name, password]) => [
    [`MYSQL_${name.toUpperCase()}_USER`, name],
    [`MYSQL_${name.toUpperCase()}_PASSWORD`, password],
  ]),
);
/** The same for all processes, whichever database they use. */
export const APP_ENV: Env = {
  LOG_LEVEL: 'error',
  REDIS_KEY_PREFIX: KEY_PREFIX,
  MYSQL_POOL_SIZE: '10',
  QUEUE_TOKEN_SECRETS: 'ha:tickets-of-this-program-are-signed-with-this',
  ENTRY_TICKET_SECRETS: 'HA:entry-tickets-of-this-program-are-signed-with-this',
};

export async function openHaInstallation(): Promise<HaInstallation> {
  const cleanUp: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const undo of cleanUp.splice(0).toReversed()) await undo();
  };
  try {
    const folder = await makeTemporaryFolder('certificates');
    cleanUp.push(() => removeTemporaryFolder(folder));
    const certificate = await writeCertificate(
      folder,
      'mysql',
      await issueCertificate(PROXY_HOST, [MEMBER_IP]),
    );
    const tls = { MYSQL_TLS: 'on', MYSQL_TLS_CA_FILE: certificate.ca };
    const group = await startMysqlGroup(certificate);
    cleanUp.push(() => group.close());
    const redis = await startPrivateRedis();
    cleanUp.push(() => redis.stop());
    const proxy = await startHaproxy(group.members.map(({ server }) => server.port));
    cleanUp.push(() => proxy.stop());
    await createSchema(group.members[0]!.server.url);
    await requireTls(group);
    const proxyUrl = Object.assign(new URL(proxy.url), { hostname: PROXY_HOST }).href;
    const processes = await startProcesses(proxyUrl, redis.url, cleanUp, tls);
    const clients = processes.slice(0, HTTP_PROCESSES).map(({ url }) => createClient(url, CLIENT_TIMEOUT_MS));
    cleanUp.push(...clients.map((each) => () => each.close()));
    let turn = 0;
    return {
      group,
      proxy,
      redis,
      processes,
      services: {
        MySQL: `three members, ${group.members[0]!.server.how}, every commit flushed, TLS between them`,
        HAProxy: `${proxy.how}, which passes on the TLS between frontrow and the members`,
        Redis: redis.how,
      },
      client: () => clients[turn++ % clients.length]!,
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** The accounts, the database and its tables, as the runbook has it. */
async function createSchema(serverUrl: string): Promise<void> {
  await succeed('apps/worker/src/create-accounts.ts', { MYSQL_URL: `${serverUrl}/${DATABASE}`, ...ACCOUNTS });
  await succeed('apps/worker/src/migrate.ts', { MYSQL_URL: urlOf(serverUrl, 'migration'), ...ACCOUNTS });
}

/** No process of frontrow can use a connection that is not encrypted. */
async function requireTls(group: MysqlGroup): Promise<void> {
  const accounts = Object.keys(PASSWORDS);
  await run(group.members[0]!, (db) =>
    db.query(`alter user ${accounts.map(() => '?').join()} require ssl`, accounts),
  );
}

export async function startProcesses(
  mysqlUrl: string,
  redisUrl: string,
  cleanUp: (() => Promise<unknown>)[],
  tls: Env = {},
): Promise<AppProcess[]> {
  const start = async (name: string, account: keyof typeof PASSWORDS, own: Env) => {
    const env = { ...APP_ENV, ...tls, ...own, MYSQL_URL: urlOf(mysqlUrl, account), REDIS_URL: redisUrl };
    const started = await startProcess({ name, main: `apps/${account}/src/main.ts`, env });
    cleanUp.push(() => started.kill('SIGKILL'));
    return started;
  };
  const starting = [
    ...Array.from({ length: HTTP_PROCESSES }, (_, index) => start(`http ${index + 1}`, 'http', HTTP_ENV)),
    ...Array.from({ length: WORKERS }, (_, index) =>
      start(`worker ${index + 1}`, 'worker', { WORKER_PORT: '0' }),
    ),
  ];
  await Promise.allSettled(starting);
  return Promise.all(starting);
}

async function succeed(main: string, env: Env): Promise<void> {
  const { code, out, err } = await runProgram(main, env);
  if (code !== 0) throw new Error(`${main} failed: ${out}${err}`);
}

/** The URL of the database for one of the accounts. */
export function urlOf(serverUrl: string, account: keyof typeof PASSWORDS): string {
  const url = new URL(`${serverUrl}/${DATABASE}`);
  url.username = account;
  url.password = PASSWORDS[account];
  return url.href;
}
