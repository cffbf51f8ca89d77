import { type AddressInfo, createServer } from 'node:net';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { eventually, write } from '@frontrow/application/contracts/shared/contract-support.ts';
import { type RawBuilder, sql } from 'kysely';
import { openTcpProxy } from '@frontrow/tests/support/tcp-proxy.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, createTestDatabase } from '@frontrow/tests/support/mysql-database.ts';
import { createGate } from '@frontrow/tests/support/mysql-test-ports.ts';
import { type Mysql, openMysql } from '../../../src/mysql/connection/open-mysql.ts';
import { openMigratedMysql } from '../../../src/mysql/connection/open-migrated-mysql.ts';
import { WAITING_PER_CONNECTION_MAX } from '../../../src/mysql/connection/pool.ts';
import { createMysqlPorts } from '../../../src/mysql/mysql-ports.ts';

describe('openMysql', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  async function withMysql<T>(poolSize: number, work: (mysql: Mysql) => Promise<T>) {
    const mysql = openMysql({ url: database.url, poolSize });
    try {
      await eventually(() => mysql.check()); // on a busy machine a first connection may take longer than it may
      return await work(mysql);
    } finally {
      await mysql.close();
    }
  }

  it('sets the same session variables on every connection', () =>
    withMysql(3, async ({ db }) => {
      const readSettings = async () => {
        const { rows } = await sql<Record<string, unknown>>`
          select @@time_zone as zone, @@transaction_isolation as isolation, @@innodb_lock_wait_timeout as wait,
            @@lock_wait_timeout as metadata_wait, @@wait_timeout as idle,
            @@sql_mode like '%STRICT_ALL_TABLES%' as strict, sleep(0.05)`.execute(db);
        return rows[0];
      };
      for (const settings of await Promise.all([readSettings(), readSettings(), readSettings()]))
        expect(settings).toMatchObject({
          zone: '+00:00',
          isolation: 'READ-COMMITTED',
          wait: '2',
          metadata_wait: '2',
          idle: '10',
          strict: '1',
        });
    }));

  it('keeps values that JavaScript would round, in both directions', () =>
    withMysql(1, async ({ db }) => {
      const moment = new Date('2026-02-28T23:59:59.999Z');
      const { rows } = await sql`
        select 9007199254740993 as big, cast(${moment} as datetime(3)) as moment,
          cast(${moment} as char) as written`.execute(db);
      expect(rows).toEqual([{ big: '9007199254740993', moment, written: '2026-02-28 23:59:59.999' }]);
    }));

  it('counts its connections, and refuses requests beyond the limit of its queue', () =>
    withMysql(1, async (mysql) => {
      const ports = createMysqlPorts(mysql.db, { seatHoldStrategy: 'grouped' });
      const [begun, release] = [createGate(), createGate()];
      const holding = write(ports, async () => {
        begun.open();
        await release.opened;
      });
      await begun.opened;
      const find = async () => ports.catalog.findConcert('unknown');
      const waiting = Array.from({ length: WAITING_PER_CONNECTION_MAX }, find);
      await expect(find()).rejects.toThrow(Unavailable);
      expect(mysql.poolStates()).toEqual({ inUse: 1, free: 0, waiting: WAITING_PER_CONNECTION_MAX });
      release.open();
      expect(new Set(await Promise.all(waiting))).toEqual(new Set([null]));
      await holding;
      expect(mysql.poolStates()).toEqual({ inUse: 0, free: 1, waiting: 0 });
    }));

  it('is unavailable when no server listens, and when the server closes the connection', async () => {
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const mysql = openMysql({ url: `mysql://root@127.0.0.1:${port}/frontrow`, poolSize: 2 });
    await expect(mysql.check()).rejects.toThrow(Unavailable);
    await new Promise((resolve) => server.close(resolve));
    await expect(mysql.check()).rejects.toThrow(Unavailable);
    expect(mysql.poolStates()).toEqual({ inUse: 0, free: 2, waiting: 0 });
    await mysql.close();
  });

  it('keeps no timer of a statement whose connection is lost', async () => {
    const proxy = await openTcpProxy(database.url);
    const mysql = openMysql({ url: proxy.url, poolSize: 10 });
    const before = countTimers();
    const tenTimes = (statement: RawBuilder<unknown>) =>
      Array.from({ length: 10 }, () => statement.execute(mysql.db));
    await eventually(() => Promise.all(tenTimes(sql`select sleep(0.1)`))); // opens every connection
    await withMysql(1, async ({ db }) => {
      const outcomes = Promise.allSettled(tenTimes(sql`select sleep(20) as lost`));
      await eventually(async () => {
        const { rows } = await sql`
          select 1 from performance_schema.processlist where info like 'select sleep(20) as lost%'`.execute(
          db,
        );
        expect(rows).toHaveLength(10);
      });
      proxy.setMode('CUT');
      for (const outcome of await outcomes)
        expect(outcome).toMatchObject({ reason: expect.any(Unavailable) });
    });
    expect(countTimers()).toBeLessThanOrEqual(before);
    await mysql.close();
    await proxy.close();
  });

  it('gives up the older connections of all its pools once one of them has met a server that leaves', () =>
    withMysql(2, async ({ db, coalescedDb }) => {
      const leave = sql`signal sqlstate 'HY000' set mysql_errno = 1290`;
      /** Of a connection that is in use while `then` runs, and of an idle one of the other pool. */
      const readIds = (then: () => Promise<unknown>) =>
        db.connection().execute(async (inUse) => {
          const ids = [await connectionId(inUse), await connectionId(coalescedDb)];
          await then();
          return ids;
        });
      const older = await readIds(() => expect(leave.execute(db)).rejects.toThrow(Unavailable));
      await vi.waitFor(
        async () => {
          const { rows } = await sql`
            select id from performance_schema.processlist where id in (${sql.join(older)})`.execute(db);
          expect(rows).toEqual([]);
        },
        { timeout: 10_000 },
      );
      const younger = await readIds(async () => undefined);
      expect(new Set([...older, ...younger]).size).toBe(4);
    }));

  it('names at the start the migration that the database lacks', async () => {
    const url = new URL(database.url);
    const opened = await openMigratedMysql({ url: url.href, poolSize: 1 });
    await sql`delete from kysely_migration`.execute(opened.db);
    await opened.close();
    await expect(openMigratedMysql({ url: url.href, poolSize: 1 })).rejects.toThrow(
      /0001-initial.*run "pnpm migrate"/,
    );
    url.pathname = '/frontrow_never_created';
    await expect(openMigratedMysql({ url: url.href, poolSize: 1 })).rejects.toThrow(/run "pnpm migrate"/);
  });

  // Each of these waits for a limit of some seconds.
  describe.concurrent('with limits', () => {
    it('refuses requests at once while the oldest has waited for half of the limit, and recovers at once', () =>
      withMysql(1, async (mysql) => {
        const release = createGate();
        const holding = mysql.db.connection().execute(() => release.opened);
        const causes: unknown[] = [];
        await vi.waitFor(
          () => {
            mysql.check().catch(({ cause }: Unavailable) => causes.push((cause as Error).message));
            expect(causes).not.toEqual([]);
          },
          { timeout: 10_000, interval: 100 },
        );
        expect(causes[0]).toBe('too many requests wait already');
        release.open();
        await holding;
        await eventually(() => expect(mysql.poolStates().waiting).toBe(0));
        await mysql.check();
        expect(mysql.poolStates()).toEqual({ inUse: 0, free: 1, waiting: 0 });
      }));

    it('limits the wait for a connection', () =>
      withMysql(1, async (mysql) => {
        const release = createGate();
        const holding = mysql.db.connection().execute(() => release.opened);
        await expect(mysql.check()).rejects.toThrow(Unavailable);
        release.open();
        await holding;
        await mysql.check();
        expect(mysql.poolStates()).toEqual({ inUse: 0, free: 1, waiting: 0 });
      }));

    it('keeps no lock longer than 15 s for a process that vanished without a FIN', async () => {
      const proxy = await openTcpProxy(database.url);
      const vanished = openMysql({ url: proxy.url, poolSize: 1 });
      await withMysql(2, async ({ db }) => {
        await sql`create table if not exists locked (id int primary key)`.execute(db);
        await sql`insert into locked values (1)`.execute(db);
        const swallowed = proxy.setModeOn('commit', 'SWALLOW');
        const writing = vanished.db
          .transaction()
          .execute((transaction) => sql`select * from locked where id = 1 for update`.execute(transaction));
        writing.catch(() => undefined);
        await swallowed;
        const since = performance.now();
        const lock = () => sql`select * from locked where id = 1 for update`.execute(db);
        await vi.waitFor(lock, { timeout: 15_000, interval: 500 });
        expect(performance.now() - since).toBeLessThan(15_000);
        await expect(writing).rejects.toThrow(Unavailable);
      });
      await vanished.close();
      await proxy.close();
    });

    it('ends a statement that MySQL does not answer, and its wait for a connection, within 5 s', async () => {
      const proxy = await openTcpProxy(database.url);
      const mysql = openMysql({ url: proxy.url, poolSize: 1 });
      await eventually(() => mysql.check());
      proxy.setMode('SWALLOW');
      const since = performance.now();
      const checks = await Promise.allSettled([mysql.check(), mysql.check(), mysql.check()]);
      for (const check of checks) expect(check).toMatchObject({ reason: expect.any(Unavailable) });
      expect(performance.now() - since).toBeLessThan(5_000);
      proxy.setMode('CUT');
      await mysql.close();
      await proxy.close();
    });

    it('waits no longer than 5 s for a locked table', () =>
      withMysql(2, async ({ db }) => {
        await sql`create table if not exists changing (id int primary key)`.execute(db);
        await db.connection().execute(async (other) => {
          await sql`lock tables changing write`.execute(other);
          await expect(sql`select * from changing`.execute(db)).rejects.toThrow(Unavailable);
          await sql`unlock tables`.execute(other);
        });
      }));

    it('keeps idle connections of a healthy process open beyond the wait_timeout of the session', () =>
      withMysql(1, async ({ db }) => {
        const id = async () =>
          (await sql<{ id: string }>`select connection_id() as id`.execute(db)).rows[0]?.id;
        const first = await id();
        await new Promise((resolve) => setTimeout(resolve, 12_000)); // the test is about this time
        expect(await id()).toBe(first);
      }));
  });
});

async function connectionId(db: Mysql['db']): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select connection_id() as id`.execute(db);
  return rows[0]?.id;
}

/** The timers of this process that keep it running. */
function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
