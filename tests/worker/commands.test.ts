import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type TestDatabase, nameTestDatabase } from '../support/mysql-database.ts';
import { type Outcome, runProgram } from '../support/run-program.ts';

let database: TestDatabase;
let env: Record<string, string>;
beforeAll(() => {
  database = nameTestDatabase();
  env = {
    MYSQL_URL: database.url,
    REDIS_URL: inject('redisUrl'),
    REDIS_KEY_PREFIX: new URL(database.url).pathname.slice(1),
    QUEUE_TOKEN_SECRETS: 'k1:a-secret-of-at-least-thirty-two-characters',
    ENTRY_TICKET_SECRETS: 'e1:a-secret-of-at-least-thirty-two-characters',
  };
});
afterAll(() => database.drop());

const run = (
  command: 'migrate' | 'seed' | 'main' | 'audit-books',
  more: Record<string, string> = {},
): Promise<Outcome> => runProgram(`apps/worker/src/${command}.ts`, { ...env, ...more });

it('prints one line for each missing setting or service, without a stack trace', async () => {
  expect(await run('main', { QUEUE_TOKEN_SECRETS: '' })).toEqual({
    code: 1,
    out: '',
    err: 'frontrow: The environment is not usable:\n  QUEUE_TOKEN_SECRETS is missing\n',
  });
  const unmigrated = await run('main');
  expect(unmigrated).toMatchObject({ code: 1, out: '' });
  expect(unmigrated.err).toMatch(/^frontrow: cannot use MySQL at [^\n]*: run "pnpm migrate"\n$/);
  const alone = await run('main', {
    MYSQL_URL: 'mysql://root:geheim@127.0.0.1:1/x',
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  expect(alone.err).toMatch(
    /^frontrow: cannot use MySQL [^\n]* ECONNREFUSED [^\n]*; cannot use Redis [^\n]*\n$/,
  );
  expect(alone.err).not.toContain('geheim');
});

it('two concurrent migrations apply each migration once, and seeding twice adds the concerts once', async () => {
  const migrated = await Promise.all([run('migrate'), run('migrate')]);
  expect(migrated.map(({ code, err }) => ({ code, err }))).toEqual([
    { code: 0, err: '' },
    { code: 0, err: '' },
  ]);
  const applied = migrated.flatMap(({ out }) =>
    out.split('\n').filter((line) => line.startsWith('applied ')),
  );
  expect(applied.length).toBeGreaterThan(0);
  expect(new Set(applied).size).toBe(applied.length);
  expect(await run('migrate')).toEqual({ code: 0, out: 'the database is up to date\n', err: '' });

  const [seeded, again] = [await run('seed'), await run('seed')];
  expect(seeded).toMatchObject({ code: 0, err: '' });
  expect(seeded.out).toMatch(/^(added \S+ {2}[^\n]+\n){3,}$/);
  const kept = seeded.out.replaceAll('added', 'kept ').replaceAll(/, sale code [-0-9A-Z]+/g, '');
  expect(again).toEqual({ ...seeded, out: kept }); // a sale code is shown once
});

it('the audit exits with 0 if every rule holds, 1 if one is violated and 2 if it cannot read', async () => {
  const sound = await run('audit-books');
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(sound.out).toMatch(
    /^(ok {6}[^\n]+\n)+\d+ rules, 0 waiting rooms with 0 places: every rule holds\n$/,
  );

  const db = await createConnection(database.url);
  await db.query(`insert into wallet (user_id, balance, entry_count) values ('mina', 1, 0)`);
  await db.end();
  const broken = await run('audit-books');
  expect(broken).toMatchObject({ code: 1, err: '' });
  expect(broken.out).toContain(
    'BROKEN  a balance is the sum of its ledger, entry by entry, and never negative: 1 row\n        {"user_id":"mina",',
  );
  expect(broken.out).toMatch(/ 1 of the rules is broken\n$/);

  const withoutRedis = await run('audit-books', { REDIS_URL: 'redis://127.0.0.1:1' });
  expect(withoutRedis).toMatchObject({ code: 2, out: '' });
  expect(withoutRedis.err).toMatch(
    /^frontrow: the audit could not look: cannot use Redis at [^\n]*ECONNREFUSED[^\n]*\n$/,
  );
  const unset = await run('audit-books', { MYSQL_URL: '' });
  expect(unset).toMatchObject({ code: 2, out: '' });
  expect(unset.err).toContain('MYSQL_URL is missing');
});
