import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { openMigratedMysql } from '@frontrow/adapters/mysql/connection/open-migrated-mysql.ts';
import { type Mysql, openMysql } from '@frontrow/adapters/mysql/connection/open-mysql.ts';
import { createMysqlReservationReads } from '@frontrow/adapters/mysql/booking/reservations.ts';
import { createMysqlSeatReads } from '@frontrow/adapters/mysql/booking/seat-reads.ts';
import { createReplicaCatalog } from '@frontrow/adapters/mysql/catalog/replica-catalog.ts';
import { createMysqlPorts } from '@frontrow/adapters/mysql/mysql-ports.ts';
import { LISTED_TABLES } from '@frontrow/adapters/mysql/schema/privileges.ts';
import { createMysqlPaymentReads } from '@frontrow/adapters/mysql/payments/payments.ts';
import { createMysqlWalletReads } from '@frontrow/adapters/mysql/payments/wallets.ts';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { admitFans } from '../support/crowd.ts';
import { eventually } from '../support/eventually.ts';
import type { Fan } from '../support/fan.ts';
import { expectOk } from '../support/operator.ts';
import { countOccurrences, outcome } from '../support/outcomes.ts';
import { createGate } from '../support/mysql-test-ports.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { runSql } from '../support/services/start-mysql-pair.ts';
import { type ProxyMode, openTcpProxy } from '../support/tcp-proxy.ts';
import { useInstallation } from '../support/use-installation.ts';

const installation = useInstallation({ http: 2, workers: 1, mysqlPair: true });
const PROCESSES = [0, 1];
const CROWD = 30;
const PRICE = 100;
const REQUESTS = 20;

type Db = Mysql['db'];
const mysqlUrl = ({ url }: { readonly url: string }) => `${url}/frontrow`;

it('keeps every payment, and shows nobody a wallet from before it, when a proxy keeps sessions to a demoted primary', async () => {
  const sale = await installation().openSale({ seatCount: CROWD, price: PRICE });
  const fans = await admitFans(installation().impatient, sale, CROWD);
  const reservations = new Map<Fan, string>();
  await Promise.all(
    fans.map(async (fan, index) => {
      expectOk(await fan.charge(PRICE));
      reservations.set(fan, expectOk(await fan.hold(sale.eventId, [index + 1])).id);
    }),
  );
  await fillPools();

  const payments = new Map<Fan, string>();
  const outcomes: string[] = [];
  const stale: string[] = [];
  const pay = async (fan: Fan, process: number) => {
    const payment = await fan.at(process).pay(reservations.get(fan)!, 'pay');
    outcomes.push(outcome(payment));
    if (payment.status === 201) payments.set(fan, payment.body.id);
  };
  const readWallets = async (fan: Fan) => {
    for (const process of PROCESSES) {
      const wallet = await fan.at(process).wallet();
      outcomes.push(outcome(wallet));
      if (wallet.status === 200 && payments.has(fan) && wallet.body.balance !== 0)
        stale.push(`${fan.userId} reads ${wallet.body.balance} at process ${process}`);
    }
  };
  const remaining = fans.entries();
  let switching: Promise<void> | undefined;
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (const [index, fan] of remaining) {
        if (index === CROWD / 3) switching = installation().mysqlPair().switchOver();
        if (index === CROWD / 2) await switching;
        await pay(fan, index % 2);
        await readWallets(fan);
      }
    }),
  );
  await switching;
  await eventually(async () => {
    for (const fan of fans) {
      const { id } = expectOk(await fan.pay(reservations.get(fan)!, 'pay'));
      expect(payments.get(fan) ?? id).toBe(id);
      payments.set(fan, id);
      await readWallets(fan);
    }
  });

  const { '200': read = 0, '201': paid = 0, '503 UNAVAILABLE': _, ...others } = countOccurrences(outcomes);
  expect(others).toEqual({});
  expect(Math.min(read, paid)).toBeGreaterThan(0);
  expect(stale).toEqual([]);
  const balances = await Promise.all(fans.map(async (fan) => expectOk(await fan.wallet()).balance));
  expect(countOccurrences(balances)).toEqual({ 0: CROWD });
});

it('leaves every process ready, and no session on the demoted primary, also without a request', async () => {
  await installation().mysqlPair().follow();
  await fillPools();
  await installation().mysqlPair().switchOver();
  await eventually(async () => {
    const [row] = await runSql(
      installation().mysqlPair().replica(),
      `select count(*) as open from performance_schema.processlist where db = 'frontrow'`,
    );
    expect(Number(row!['open'])).toBe(0);
  });
  for (const process of PROCESSES)
    expect(await installation().admin.at(process).send('GET', '/readyz')).toMatchObject({ status: 200 });
});

it('fails at most one request of a process that has old sessions only', async () => {
  await installation().mysqlPair().follow();
  const fan = installation().impatient.fan('one-by-one');
  await fillPools();
  await installation().mysqlPair().switchOver();
  for (const process of PROCESSES) {
    const outcomes: string[] = [];
    for (let request = 0; request < REQUESTS; request++)
      outcomes.push(outcome(await fan.at(process).charge(1, `${process}-${request}`)));
    const { '503 UNAVAILABLE': refused = 0, ...others } = countOccurrences(outcomes);
    expect(others).toEqual({ 201: REQUESTS - refused });
    expect(refused).toBeLessThanOrEqual(1);
  }
});

const countWallets = (db: Db) => sql`select count(*) as wallets from wallet`.execute(db);

it('answers no read over a session to a demoted primary, inside a transaction or outside', async () => {
  await installation().mysqlPair().follow();
  const { concertId, eventId } = await installation().openSale();
  const mysql = openMysql({ url: mysqlUrl(installation().mysqlPair()), poolSize: 20 });
  const places = [{ concertId, userId: 'nobody', sequence: 1 }];
  const request = {
    userId: 'nobody',
    seatNumbers: [1],
    ticket: places[0]!,
    request: { userId: 'nobody', operation: 'POST /v1/reservations', key: 'k', fingerprint: 'f' },
  };
  const reads: Record<string, (db: Db) => Promise<unknown>> = {
    'any statement': countWallets,
    'any statement in a transaction': (db) => db.transaction().execute(countWallets),
    'an empty wallet': (db) => createMysqlWalletReads(db).find('nobody'),
    'no reservation': (db) => createMysqlReservationReads(db).find('none'),
    'no payment': (db) => createMysqlPaymentReads(db).find('none'),
    seats: (db) => createMysqlSeatReads(db).list(eventId, places),
    'no seats': (db) => createMysqlSeatReads(db).list('none', places),
    availability: (db) => createMysqlSeatReads(db).findAvailability(eventId, [request]),
    'a number of seats': (db) => createMysqlSeatReads(db).countAvailable([eventId]),
    'states of seats': (db) => createMysqlSeatReads(db).readStates(eventId, places),
    'states of seats for staff': (db) => createMysqlSeatReads(db).readStatesForStaff(eventId),
  };
  const switched = createGate();
  /** Reads once before the switch and once after it, over one session. */
  function readTwice(db: Db, name: string) {
    const opened = createGate();
    const answer = db.connection().execute(async (session) => {
      await reads[name]!(session);
      opened.open();
      await switched.opened;
      return reads[name]!(session).then(
        () => `${name}: answered`,
        (error: unknown) => `${name}: ${error instanceof Unavailable ? 'unavailable' : String(error)}`,
      );
    });
    return { opened: Promise.race([opened.opened, answer]), answer };
  }
  const sessions = [
    ...Object.keys(reads).map((name) => readTwice(mysql.db, name)),
    readTwice(mysql.coalescedDb, 'any statement'),
  ];
  await Promise.all(sessions.map(({ opened }) => opened));
  await installation().mysqlPair().switchOver();
  switched.open();
  const answers = await Promise.all(sessions.map(({ answer }) => answer));
  expect(answers.filter((text) => !text.endsWith(': unavailable'))).toEqual([]);
  expect(await mysql.whyNotWritable()).toBe(null);
  await mysql.close();
});

it('opens no connections to a server that is read-only', async () => {
  const url = mysqlUrl(installation().mysqlPair().replica());
  await expect(openMigratedMysql({ url, poolSize: 1 })).rejects.toThrow(
    /\(MYSQL_URL\): the server is read-only: MYSQL_URL must lead to the primary$/,
  );
});

const reader = (server: { readonly url: string }) =>
  Object.assign(new URL(mysqlUrl(server)), { username: 'reader', password: 'of-lists' }).href;

/** How many reads the replica has answered. */
async function answered(): Promise<number> {
  const [row] = await runSql(
    installation().mysqlPair().replica(),
    `select count_star as answered from performance_schema.events_statements_summary_by_user_by_event_name
      where user = 'reader' and event_name = 'statement/sql/select'`,
  );
  return Number(row?.['answered'] ?? 0);
}

async function idOf(server: PrivateServer): Promise<unknown> {
  const [row] = await runSql(server, 'select cast(@@server_id as char) as id');
  return row?.['id'];
}

describe('a replica for lists', () => {
  const faults: unknown[] = [];
  const open = (readUrl: string) =>
    openMigratedMysql({
      url: mysqlUrl(installation().mysqlPair()),
      poolSize: 2,
      readUrl,
      onReplicaFault: (error) => faults.push(error),
    });
  beforeAll(async () => {
    await installation().mysqlPair().follow();
    await runSql(
      installation().mysqlPair().primary(),
      `create user reader identified by 'of-lists'`,
      ...LISTED_TABLES.map((table) => `grant select on frontrow.${table} to reader`),
    );
    await eventually(async () => {
      const grants = await runSql(installation().mysqlPair().replica(), 'show grants for reader');
      if (grants.length < 3) throw new Error('the account has not reached the replica');
    });
  });
  beforeEach(() => void faults.splice(0));

  it('shows every concert that was created before the read, also while the replica lags', async () => {
    const replica = installation().mysqlPair().replica();
    const mysql = await open(reader(replica));
    const { catalog } = createMysqlPorts(mysql.db, { seatHoldStrategy: 'grouped' });
    const lists = createReplicaCatalog(catalog, mysql.replica!);
    const list = async () => {
      const { items } = await lists.listConcerts({ limit: 100, cursor: null }, 'PUBLISHED');
      return items.map(({ id }) => id);
    };
    const createAndList = async () => {
      const { concertId } = await installation().openSale();
      expect(await list()).toContain(concertId);
    };
    await createAndList();
    await eventually(async () => {
      faults.splice(0);
      const before = await answered();
      await list();
      expect(await answered()).toBeGreaterThan(before);
      expect(faults).toEqual([]);
    });

    await runSql(replica, 'stop replica sql_thread');
    await createAndList();
    expect(faults).toMatchObject([{ cause: { message: expect.stringContaining('behind the primary') } }]);
    await list();
    expect(faults).toHaveLength(1);
    await runSql(replica, 'start replica');
    await mysql.close();
  });

  it('is refused where it follows another server', async () => {
    const url = Object.assign(new URL(inject('mysqlUrl')), { pathname: '/' }).href;
    const other = openMysql({ url, poolSize: 1, readUrl: reader(installation().mysqlPair().replica()) });
    await expect(other.replica!.check()).rejects.toThrow(
      /\(MYSQL_READ_URL\): the server is no replica of the one that MYSQL_URL leads to$/,
    );
    await other.close();
  });

  it('leaves the lists to the primary while it hangs or is gone, and lists again when it is back', async () => {
    const [primary, replica] = [installation().mysqlPair().primary(), installation().mysqlPair().replica()];
    const lose = async (mode: ProxyMode) => {
      const relay = await openTcpProxy(reader(replica));
      const mysql = await open(relay.url);
      const answeredBy = () =>
        mysql.replica!.read(async (db) => {
          const { rows } = await sql<{ id: string }>`select @@server_id as id`.execute(db);
          return rows[0]?.id;
        });
      const listsAgain = async () => expect(await answeredBy()).toBe(await idOf(replica));
      await eventually(listsAgain);
      relay.setMode(mode);
      expect(await answeredBy()).toBe(await idOf(primary));
      relay.setMode('PASS');
      if (mode === 'CUT') await eventually(listsAgain); // the time for which the replica is left aside
      await mysql.close();
      await relay.close();
    };
    await Promise.all([lose('SWALLOW'), lose('CUT')]);
  });

  it('answers nothing while the primary is gone', async () => {
    const relay = await openTcpProxy(mysqlUrl(installation().mysqlPair()));
    const readUrl = reader(installation().mysqlPair().replica());
    const mysql = openMysql({ url: relay.url, poolSize: 2, readUrl });
    await eventually(() => mysql.check());
    relay.setMode('CUT');
    await expect(mysql.replica!.read((db) => sql`select 1`.execute(db))).rejects.toThrow(Unavailable);
    await mysql.close();
    await relay.close();
  });

  it('is left aside while it cannot be reached, and is named where it refuses the reads', async () => {
    const mysql = await open('mysql://reader:of-lists@127.0.0.1:1/frontrow');
    expect(faults).toMatchObject([
      { message: expect.stringMatching(/127\.0\.0\.1:1 \(MYSQL_READ_URL\): .*ECONNREFUSED/) },
    ]);
    const read = mysql.replica!.read((db) => sql`select 1 as one`.execute(db));
    expect((await read).rows).toEqual([{ one: '1' }]);
    await mysql.close();

    const wrong = new URL(reader(installation().mysqlPair().replica()));
    wrong.password = 'geheim';
    await expect(open(wrong.href)).rejects.toThrow(/\(MYSQL_READ_URL\): Access denied for user 'reader'/);
  });
});

/** Opens the connections of all processes. */
async function fillPools(): Promise<void> {
  const fan = installation().fan('many-at-once');
  const wallets = Array.from({ length: 60 }, (_, index) => fan.at(index % PROCESSES.length).wallet());
  for (const wallet of await Promise.all(wallets)) expectOk(wallet);
}
