import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, nameTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { checkSchema } from '../../../src/mysql/schema/check-schema.ts';
import { openMysql } from '../../../src/mysql/connection/open-mysql.ts';
import { migrate } from '../../../src/mysql/schema/migrate.ts';

const run = promisify(execFile);

/** Runs `migrate` in a process of its own. Returns the migrations that it applied. */
async function migrateElsewhere(url: string): Promise<string[]> {
  const script = `
    import { migrate } from ${JSON.stringify(new URL('../../../src/mysql/schema/migrate.ts', import.meta.url).href)};
    console.log(JSON.stringify(await migrate(process.env.URL_TO_MIGRATE)));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, URL_TO_MIGRATE: url },
  });
  return JSON.parse(stdout) as string[];
}

const ALL = [
  '0001-initial',
  '0002-indexes-that-were-measured',
  '0003-ends-by-sequence',
  '0004-ends-by-age',
  '0005-reservations-of-a-user-in-a-concert',
  '0006-audit-log',
  '0007-adjustments',
  '0008-sales-of-concerts-and-dates',
  '0009-refunds',
  '0010-orders',
  '0011-webhooks',
  '0012-editable-concerts-and-dates',
  '0013-gate-check-ins',
  '0014-cancellations',
  '0015-failed-payments',
  '0016-ledger-totals',
  '0017-sell-outs',
  '0018-given-seats',
  '0019-orders-by-status-and-time',
  '0020-replay-by-type',
  '0021-sale-codes',
  '0022-halls',
  '0023-accessible-release',
  '0024-layout-templates',
  '0025-concerts-of-rows',
  '0026-dates-by-the-end-of-their-sales',
  '0027-traces',
];

describe('migrate', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = nameTestDatabase();
  });
  afterEach(() => database.drop());

  async function tables(): Promise<string[]> {
    const mysql = openMysql({ url: database.url, poolSize: 1 });
    await checkSchema(mysql.db);
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = database()`.execute(
      mysql.db,
    );
    await mysql.close();
    return rows.map(({ name }) => name).filter((name) => !name.startsWith('kysely_'));
  }

  it('creates a missing database with its tables, once', async () => {
    expect(await migrate(database.url)).toEqual(ALL);
    expect(await tables()).toHaveLength(28);
    expect(await migrate(database.url)).toEqual([]);
  });

  it('runs in several processes at once', async () => {
    const applied = await Promise.all([
      migrateElsewhere(database.url),
      migrateElsewhere(database.url),
      migrate(database.url),
      migrate(database.url),
    ]);
    expect(applied.flat()).toEqual(ALL);
    expect(await tables()).toHaveLength(28);
  });

  it('continues where an interrupted run stopped', async () => {
    await migrate(database.url);
    const mysql = openMysql({ url: database.url, poolSize: 1 });
    await sql`drop table outbox`.execute(mysql.db);
    await sql`delete from kysely_migration`.execute(mysql.db);
    await mysql.close();
    expect(await migrate(database.url)).toEqual(ALL);
    expect(await tables()).toContain('outbox');
  });
});
