import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { AUTH_JWT_SECRET } from '../support/access-tokens.ts';
import { eventually } from '../support/eventually.ts';
import { type TestDatabase, createTestDatabase } from '../support/mysql-database.ts';
import { runProgram } from '../support/run-program.ts';

const HTTP = 'apps/http/src/main.ts';
const WORKER = 'apps/worker/src/main.ts';
const MIGRATE = 'apps/worker/src/migrate.ts';
const ACCOUNTS = 'apps/worker/src/create-accounts.ts';
const AUDIT = 'apps/worker/src/audit-books.ts';
/** How long all starts of a program may take. */
const STARTED_WITHIN_MS = 240_000;

let database: TestDatabase;
let mysqlUrl: URL;
let redisUrl: URL;
let user: string;
let redis: Redis;
const taken = createServer();

beforeAll(async () => {
  database = await createTestDatabase();
  mysqlUrl = new URL(database.url);
  redisUrl = new URL(inject('redisUrl'));
  user = mysqlUrl.pathname.slice(1);
  redis = new Redis(redisUrl.href);
  await redis.acl('SETUSER', user, 'on', '>the-right-password', '~*', '+@all');
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(async () => {
  taken.close();
  await redis.acl('DELUSER', user);
  await redis.quit();
  await database.drop();
});

/** Replaces parts of a server's URL. */
function changed(
  url: URL,
  parts: Partial<Record<'username' | 'password' | 'host' | 'pathname' | 'protocol', string>>,
) {
  return Object.assign(new URL(url), parts).href;
}

const mysql = (parts: Parameters<typeof changed>[1]) => ({ MYSQL_URL: changed(mysqlUrl, parts) });
const redisAt = (parts: Parameters<typeof changed>[1]) => ({ REDIS_URL: changed(redisUrl, parts) });
const takenPort = () => String((taken.address() as AddressInfo).port);

const unreachable = { host: '127.0.0.1:1' };
const unknownHost = { host: 'nowhere.invalid:3306' };
const wrongPassword = { username: 'nobody', password: 'geheim' };

type Case = [what: string, program: string, env: () => Record<string, string>, line: RegExp];

const CASES: Case[] = [
  [
    'a MySQL that is not there',
    HTTP,
    () => mysql(unreachable),
    /MySQL at 127\.0\.0\.1:1 \(MYSQL_URL\): .*ECONNREFUSED/,
  ],
  [
    'a host of MySQL that has no address',
    HTTP,
    () => mysql(unknownHost),
    /nowhere\.invalid:3306 \(MYSQL_URL\): .*ENOTFOUND/,
  ],
  [
    'a wrong password of MySQL',
    HTTP,
    () => mysql(wrongPassword),
    /\(MYSQL_URL\): Access denied for user 'nobody'/,
  ],
  [
    'a wrong password of the replica',
    HTTP,
    () => ({ MYSQL_READ_URL: changed(mysqlUrl, wrongPassword) }),
    /\(MYSQL_READ_URL\): Access denied for user 'nobody'/,
  ],
  [
    'an unknown database',
    HTTP,
    () => mysql({ pathname: '/nothing_here' }),
    /\(MYSQL_URL\): Unknown database 'nothing_here': run "pnpm migrate"/,
  ],
  [
    'a certificate of MySQL that nobody trusts',
    HTTP,
    () => ({ ...mysql({ host: `localhost:${mysqlUrl.port}` }), MYSQL_TLS: 'on' }),
    /\(MYSQL_URL, MYSQL_TLS, MYSQL_TLS_CA_FILE\): .*certificate/,
  ],
  [
    'a Redis that is not there',
    HTTP,
    () => redisAt(unreachable),
    /Redis at 127\.0\.0\.1:1 \(REDIS_URL\): .*ECONNREFUSED/,
  ],
  [
    'a wrong password of Redis',
    HTTP,
    () => redisAt({ username: user, password: 'geheim' }),
    /\(REDIS_URL\): WRONGPASS/,
  ],
  [
    'a database that Redis does not have',
    HTTP,
    () => redisAt({ pathname: '/999999' }),
    /\(REDIS_URL\): ERR DB index is out of range/,
  ],
  [
    'a name of a database of Redis',
    HTTP,
    () => redisAt({ pathname: '/frontrow' }),
    /REDIS_URL must have .* number of a database/,
  ],
  ['a Redis without TLS', HTTP, () => redisAt({ protocol: 'rediss:' }), /\(REDIS_URL, REDIS_TLS_CA_FILE\): /],
  [
    'a port in use',
    HTTP,
    () => ({ PORT: takenPort() }),
    /cannot listen on 127\.0\.0\.1:\d+ \(PORT\): another process listens there.* \(EADDRINUSE\)/,
  ],
  [
    'a port in use for probes',
    HTTP,
    () => ({ OPERATIONS_PORT: takenPort() }),
    /cannot listen on 127\.0\.0\.1:\d+ \(OPERATIONS_PORT\): another process/,
  ],
  [
    'an address of another machine',
    HTTP,
    () => ({ HOST: '192.0.2.1' }),
    /cannot listen on 192\.0\.2\.1:0 \(HOST\): .*EADDRNOTAVAIL/,
  ],
  [
    'a page without sessions',
    HTTP,
    () => ({ WEB: 'on' }),
    /WEB_SESSION_URL is needed for WEB=on, with WEB_SIGN_IN_URL/,
  ],
  ['a host without an address', HTTP, () => ({ HOST: 'nowhere.invalid' }), /\(HOST\): .*nowhere\.invalid/],
  [
    'a port in use',
    WORKER,
    () => ({ WORKER_PORT: takenPort() }),
    /cannot listen on 127\.0\.0\.1:\d+ \(WORKER_PORT\): another process/,
  ],
  [
    'an address of another machine',
    WORKER,
    () => ({ WORKER_HOST: '192.0.2.1' }),
    /\(WORKER_HOST\): .*EADDRNOTAVAIL/,
  ],
  [
    'a MySQL that is not there',
    MIGRATE,
    () => mysql(unreachable),
    /MySQL at 127\.0\.0\.1:1 \(MYSQL_URL\): .*ECONNREFUSED/,
  ],
  [
    'a MySQL without Vitess',
    HTTP,
    () => mysql({ protocol: 'vitess:' }),
    /\(MYSQL_URL\): Unknown database 'staff': vitess:\/\/ needs a vtgate with the keyspaces/,
  ],
  [
    'a MySQL without Vitess',
    AUDIT,
    () => mysql({ protocol: 'vitess:' }),
    /\(MYSQL_URL\): .*: vitess:\/\/ needs a vtgate with the keyspaces/,
  ],
  [
    'shards, which each migrate alone',
    MIGRATE,
    () => mysql({ protocol: 'vitess:' }),
    /MYSQL_URL must be a URL .* like mysql:\/\//,
  ],
  [
    'a wrong password of MySQL',
    MIGRATE,
    () => mysql(wrongPassword),
    /\(MYSQL_URL\): Access denied for user 'nobody'/,
  ],
  [
    'a MySQL that is not there',
    ACCOUNTS,
    () => mysql(unreachable),
    /MySQL at 127\.0\.0\.1:1 \(MYSQL_URL\): .*ECONNREFUSED/,
  ],
  [
    'a MySQL that is not there',
    AUDIT,
    () => mysql(unreachable),
    /MySQL at 127\.0\.0\.1:1 \(MYSQL_URL\): .*ECONNREFUSED/,
  ],
];

const PASSWORDS = {
  MYSQL_MIGRATION_PASSWORD: 'a-password-of-migration',
  MYSQL_HTTP_PASSWORD: 'a-password-of-http',
  MYSQL_WORKER_PASSWORD: 'a-password-of-worker',
};
const USERS = { MYSQL_MIGRATION_USER: 'm', MYSQL_HTTP_USER: 'h', MYSQL_WORKER_USER: 'w' };

describe('a program that cannot start', () => {
  it.each(CASES)('names the variable of %s (%s)', async (_what, program, env, line) => {
    const common = {
      MYSQL_URL: mysqlUrl.href,
      REDIS_URL: redisUrl.href,
      REDIS_KEY_PREFIX: user,
      QUEUE_TOKEN_SECRETS: 'k1:a-secret-of-at-least-thirty-two-characters',
      ENTRY_TICKET_SECRETS: 'e1:a-secret-of-at-least-thirty-two-characters',
      AUTH_JWT_SECRET,
      WEB: 'off',
      LOG_LEVEL: 'silent',
      PORT: '0',
      WORKER_PORT: '0',
      ...(program === ACCOUNTS ? { ...USERS, ...PASSWORDS } : {}),
    };
    const { code, out, err } = await eventually(async () => {
      const ended = await runProgram(program, { ...common, ...env() });
      expect(ended.err).not.toContain('no connection in time'); // as on a busy machine
      return ended;
    }, STARTED_WITHIN_MS);
    expect({ code, out }).toEqual({ code: program === AUDIT ? 2 : 1, out: '' });
    expect(err).toMatch(line);
    expect(err).toMatch(/^frontrow: [^\n]*\n( {2}[^\n]*\n)?$/);
    expect(err).not.toMatch(/geheim|at .*\.ts:/);
  });
});
