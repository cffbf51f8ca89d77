import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createMysqlCatalog } from '@frontrow/adapters/mysql/catalog/catalog.ts';
import { createMysqlPool } from '@frontrow/adapters/mysql/connection/pool.ts';
import { LISTED_TABLES } from '@frontrow/adapters/mysql/schema/privileges.ts';
import type { Database } from '@frontrow/adapters/mysql/schema/schema.ts';
import { SCHEDULES } from '@frontrow/adapters/process/jobs/schedules.ts';
import { ALL_EVENTS } from '@frontrow/application/ports/catalog/catalog.ts';
import { Kysely, MysqlDialect } from 'kysely';
import { type Connection, type RowDataPacket, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runPresale } from '../journeys/run-presale.ts';
import { runJourney } from '../journeys/run-journey.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { type Installation, startInstallation } from '../support/start-installation.ts';

const execute = promisify(execFile);
const suffix = randomBytes(4).toString('hex');
const account = (kind: string) => ({ name: `t_${kind}_${suffix}`, password: `p'"\\${suffix}-${kind}` });
const accounts = {
  migration: account('migration'),
  http: account('http'),
  worker: account('worker'),
  read: account('read'),
};
let root: Connection;
let installation: Installation;
const urlOf: Record<string, string> = {};
const connections: Connection[] = [];

beforeAll(async () => {
  root = await createConnection(inject('mysqlUrl'));
  installation = await startInstallation({ http: 0 });
  const [[row]] = (await installation.db.query('select database() as name')) as unknown as [
    [{ name: string }],
  ];
  await root.query('drop database ??', [row.name]);
  for (const [kind, { name, password }] of Object.entries(accounts)) {
    const url = new URL(inject('mysqlUrl'));
    Object.assign(url, { username: name, password: encodeURIComponent(password), pathname: `/${row.name}` });
    urlOf[kind] = url.href;
  }
  const administrator = new URL(inject('mysqlUrl'));
  administrator.pathname = `/${row.name}`;
  const users = {
    MYSQL_HTTP_USER: accounts.http.name,
    MYSQL_WORKER_USER: accounts.worker.name,
    MYSQL_READ_USER: accounts.read.name,
  };
  const everyAccount = {
    ...users,
    MYSQL_URL: administrator.href,
    MYSQL_MIGRATION_USER: accounts.migration.name,
    MYSQL_MIGRATION_PASSWORD: accounts.migration.password,
    MYSQL_HTTP_PASSWORD: accounts.http.password,
    MYSQL_WORKER_PASSWORD: accounts.worker.password,
    MYSQL_READ_PASSWORD: accounts.read.password,
  };
  await runCommand('create-accounts', { ...everyAccount, MYSQL_HTTP_PASSWORD: 'an-older-password' });
  await runCommand('create-accounts', everyAccount);
  for (let repeated = 0; repeated < 2; repeated += 1)
    await runCommand('migrate', { ...users, MYSQL_URL: urlOf['migration'] ?? '' });
  await installation.db.query('use ??', [row.name]);
  await installation.startHttp({ MYSQL_URL: urlOf['http'] ?? '' });
  await installation.startWorker({ MYSQL_URL: urlOf['worker'] ?? '' });
});

afterAll(async () => {
  for (const connection of connections) connection.destroy();
  await installation?.close();
  for (const { name } of Object.values(accounts)) await root.query(`drop user if exists ?@'%'`, [name]);
  await root.end();
});

it('serves a whole sale and runs every job', async () => {
  const [mina, jun, stranger, late] = ['mina', 'jun', 'stranger', 'late'].map((user) =>
    installation.fan(user),
  ) as [Fan, Fan, Fan, Fan];
  await runJourney({ admin: installation.admin, mina, jun, stranger });
  await runPresale({ operator: installation, admin: installation.admin, member: mina, guest: stranger });
  const { eventId, concertId } = await installation.openSale();
  // A hold that lapses: the worker sweeps it.
  await installation.changePolicy(concertId, { hold: { ttlMs: 1_000 } });
  await late.join(concertId);
  await eventually(async () => expect((await late.status()).body.status).toBe('ACTIVE'));
  const { id } = (await late.hold(eventId, [1, 2])).body;
  const reduced = await late.send('PATCH', `/v1/reservations/${id}`, {
    key: 'keep-one',
    body: { seatNumbers: [1] },
  });
  expect(reduced.status).toBe(200);
  await eventually(async () => expect(await storedStatus(id)).toBe('EXPIRED'));

  const [worker] = installation.workers;
  for (const job of Object.keys(SCHEDULES))
    await eventually(async () =>
      expect(await scrape(worker?.url)).toMatch(
        new RegExp(`frontrow_job_last_success_timestamp_seconds\\{job="${job}"\\}`),
      ),
    );
  expect(await scrape(worker?.url)).not.toMatch(/^frontrow_job_failures_total\{/m);
  for (const process of [...installation.http, ...installation.workers])
    expect(process.output()).not.toMatch(/denied to user|"level":(50|60)/);
  expect(await installation.findViolations()).toEqual({});
});

const DENIED = 'ER_TABLEACCESS_DENIED_ERROR';
const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['drop table seat', DENIED],
  ['truncate table wallet_entry', DENIED],
  ['alter table wallet drop check wallet_balance_is_not_negative', DENIED],
  ['create table extra (id int)', DENIED],
  ['create index extra on seat (status)', DENIED],
  ['delete from wallet_entry', DENIED],
  ['update wallet_entry set amount = 0', DENIED],
  ['update payment set amount = 0', DENIED],
  ['delete from payment', DENIED],
  ['delete from reservation', DENIED],
  [`update audit_log set actor = 'nobody'`, DENIED],
  ['delete from audit_log', DENIED],
  ['delete from kysely_migration', DENIED],
  ['drop database ??', 'ER_DBACCESS_DENIED_ERROR'],
  ['select user from mysql.user', DENIED],
  [`create user extra_${suffix}`, 'ER_SPECIFIC_ACCESS_DENIED_ERROR'],
  ['set global max_connections = 1', 'ER_SPECIFIC_ACCESS_DENIED_ERROR'],
];

describe.each(['http', 'worker', 'read'])('the account of %s', (kind) => {
  it.each(FORBIDDEN)('cannot %s', async (statement, code) => {
    const connection = await connect(urlOf[kind] ?? '');
    const name = new URL(urlOf[kind] ?? '').pathname.slice(1);
    await expect(connection.query(statement, [name])).rejects.toMatchObject({ code });
  });
});

it('the account of http deletes no end of a place', async () => {
  const connection = await connect(urlOf['http'] ?? '');
  await expect(connection.query('delete from queue_end')).rejects.toMatchObject({ code: DENIED });
});

it('the worker neither takes payments, changes the ledger nor creates seats', async () => {
  const connection = await connect(urlOf['worker'] ?? '');
  for (const statement of [
    'select * from payment',
    'update wallet_entry set amount = 1',
    'delete from wallet_entry',
    `insert into seat (concert_event_id, number, price) values ('x', 1, 1)`,
  ])
    await expect(connection.query(statement)).rejects.toMatchObject({ code: DENIED });
});

describe('the account of a replica for lists', () => {
  it('lists concerts and dates in every way', async () => {
    const pool = createMysqlPool({ url: urlOf['read'] ?? '', poolSize: 1, isReplica: true });
    const replica = new Kysely<Database>({ dialect: new MysqlDialect({ pool }) });
    const catalog = createMysqlCatalog(replica);
    const page = { limit: 1, cursor: null };
    const [concert] = (await catalog.listConcerts(page, 'PUBLISHED')).items;
    expect(concert).toBeDefined();
    for (const dates of [
      { kind: 'UPCOMING', from: 1 },
      { kind: 'NONE_UPCOMING', from: 1 },
      { kind: 'SELLING', range: { from: 1, until: 2 } },
    ] as const)
      await catalog.listConcerts({ ...page, cursor: concert!.id }, null, dates);
    for (const order of ['LATEST_FIRST', 'EARLIEST_FIRST'] as const)
      await catalog.listEvents(concert!.id, page, { ...ALL_EVENTS, order, selling: { from: 1, until: 2 } });
    await replica.destroy();
  });

  it('reads nothing else and writes nothing', async () => {
    const connection = await connect(urlOf['read'] ?? '');
    const [tables] = await connection.query<RowDataPacket[]>('show tables');
    expect(tables.flatMap((row) => Object.values(row))).toEqual(LISTED_TABLES);
    for (const statement of [
      'select * from seat',
      'select * from wallet',
      'select * from kysely_migration',
      `update concert set title = ''`,
      'delete from concert_event',
      'select id from concert for update',
    ])
      await expect(connection.query(statement)).rejects.toMatchObject({ code: DENIED });
  });
});

it('the account of the migration reaches no other database and creates no account', async () => {
  const connection = await connect(urlOf['migration'] ?? '');
  const name = new URL(urlOf['migration'] ?? '').pathname.slice(1);
  for (const [statement, code] of [
    ['create database ??', 'ER_DBACCESS_DENIED_ERROR'],
    ['drop database ??', 'ER_DBACCESS_DENIED_ERROR'],
    [`create user extra_${suffix}`, 'ER_SPECIFIC_ACCESS_DENIED_ERROR'],
    ['grant select on mysql.user to current_user()', DENIED],
  ] as const)
    // A wildcard in the grant would let it into a database of a similar name.
    await expect(connection.query(statement, [name.replace('_', 'x')])).rejects.toMatchObject({ code });
});

/** Runs `node apps/worker/src/<command>.ts` and throws if it fails. */
async function runCommand(command: string, env: Readonly<Record<string, string>>): Promise<void> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  await execute(process.execPath, [`apps/worker/src/${command}.ts`], { cwd, env });
}

async function connect(url: string): Promise<Connection> {
  const connection = await createConnection(url);
  connections.push(connection);
  return connection;
}

async function storedStatus(reservationId: string): Promise<string | undefined> {
  const [rows] = await installation.db.query('select status from reservation where id = ?', [reservationId]);
  return (rows as { status: string }[])[0]?.status;
}

async function scrape(url = ''): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}
