import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { cpuMicrosOf } from '../../bench/harness/process-cpu.ts';
import { median } from '../../bench/harness/statistics.ts';
import { emptyShards } from '../support/empty-shards.ts';
import { openRealEnvironment } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { type SaleFixture, createSaleFixture } from '../support/sale-fixture.ts';
import type { PrivateServer } from '../support/services/service.ts';
import { startPrivateMysql } from '../support/services/start-mysql.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import { type Vitess, serversOf, startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { writeSection } from './report/section.ts';
import { connectToVtgate, writeToBoth } from './two-shards.ts';

const ROUNDS = 3;
const AT_ONCE = 16;
const CONCERTS = 12;
const SEATS = 20;
const TRANSACTIONS = 400;

/** Works `count` times on one database; `prepare` does not count as work. */
type Subject = {
  readonly name: string;
  readonly readPids: () => Promise<readonly number[]>;
  readonly prepare: () => Promise<readonly (() => Promise<unknown>)[]>;
};
type Round = { readonly perSecond: number; readonly cpuMillis: number };

let plain: PrivateServer;
/** One shard of concerts and one of users, and that of `staff`. */
let small: Vitess;
const cleanUp: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  plain = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
  cleanUp.push(() => plain.stop());
  await migrate(`${plain.url}/frontrow`);
  small = await startVitess(keyspacesWith(['-']));
  cleanUp.push(() => small.stop());
});
afterAll(async () => {
  for (const undo of cleanUp.toReversed()) await undo();
});

const readPlainPids = async () => [plain.pid ?? -1];
const readSmallPids = async () => serversOf(small).map(({ pid }) => pid ?? -1);
const readClusterPids = async () => {
  const answer = await fetch(`${inject('vitess').controlUrl}/pids`);
  return (await answer.json()) as number[];
};

/** Fans who are in their rooms, each to charge a wallet, hold a seat and pay for it. */
async function prepareSales(fixture: SaleFixture) {
  const visits: (() => Promise<unknown>)[] = [];
  for (let concert = 0; concert < CONCERTS; concert += 1) {
    const sale = await fixture.openSale({ event: { seatCount: SEATS } });
    for (let seat = 1; seat <= SEATS; seat += 1) {
      const fan = await fixture.join(sale);
      visits.push(async () => {
        await fixture.charge(fan.userId, 1_000);
        const { reservation } = await fixture.createHold(sale, [seat], fan);
        unwrap(await fixture.pay(fan.userId, reservation.id));
      });
    }
  }
  return visits;
}

async function openSales(name: string, url: string, readPids: Subject['readPids']): Promise<Subject> {
  const environment = await openRealEnvironment({ url, drop: async () => undefined });
  cleanUp.push(() => environment.close());
  const fixture = createSaleFixture(environment);
  return { name, readPids, prepare: () => prepareSales(fixture) };
}

let names = 0;

/** Transactions of two inserts, over connections of their own. */
async function openTransactions(
  name: string,
  url: string,
  readPids: Subject['readPids'],
  write: (connection: Connection, name: string) => Promise<void>,
): Promise<Subject> {
  const free: Connection[] = [];
  for (let index = 0; index < AT_ONCE; index += 1) free.push(await connectToVtgate(url));
  cleanUp.push(async () => free.forEach((connection) => connection.destroy()));
  const run = async () => {
    const connection = free.pop()!;
    await write(connection, `name ${(names += 1)}`);
    await connection.query('commit');
    free.push(connection);
  };
  return { name, readPids, prepare: async () => Array.from({ length: TRANSACTIONS }, () => run) };
}

/** The two inserts of `writeToBoth`, into one database. */
async function writeToOne(connection: Connection, name: string): Promise<void> {
  await connection.query('begin');
  await connection.query(`insert into queue_end values (?, ?, 1, 'LEFT', now(3))`, [name, name]);
  await connection.query('insert into wallet values (?, 0, 0)', [name]);
}

function writeToTwo(connection: Connection, name: string): Promise<void> {
  return writeToBoth(connection, name, { sales: '-80', accounts: '80-' });
}

async function runRound({ readPids, prepare }: Subject): Promise<Round> {
  const work = await prepare();
  const cpuBefore = await readCpuMicros(readPids);
  const startedAt = performance.now();
  await forEachAtOnce(AT_ONCE, work, async (each) => void (await each()));
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuMicros = (await readCpuMicros(readPids)) - cpuBefore;
  return { perSecond: work.length / seconds, cpuMillis: cpuMicros / 1_000 / work.length };
}

async function readCpuMicros(readPids: Subject['readPids']): Promise<number> {
  return (await readPids()).reduce((sum, pid) => sum + cpuMicrosOf(pid), 0);
}

/** Rows of a table in Markdown, one for each subject; the first is what the others are compared with. */
async function compare(subjects: readonly Subject[]): Promise<readonly string[]> {
  const rounds = subjects.map((subject) => ({ subject, done: [] as Round[] }));
  for (const { subject } of rounds) await runRound(subject); // fills caches
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { subject, done } of rounds) done.push(await runRound(subject));
  const baseline = rounds[0]!.done;
  return rounds.map(({ subject, done }) => {
    const speed = median(done.map(({ perSecond }) => perSecond));
    const ratio = median(done.map(({ perSecond }, round) => perSecond / baseline[round]!.perSecond));
    const cpu = median(done.map(({ cpuMillis }) => cpuMillis));
    return `| ${subject.name} | ${speed.toFixed(0)} | ${ratio.toFixed(2)} | ${cpu.toFixed(1)} ms |`;
  });
}

it('compares sales and transactions with those of a plain MySQL, in turn', async () => {
  const url = inject('mysqlUrl');
  const plainUrl = `${plain.url}/frontrow`;
  cleanUp.push(() => emptyShards(url));
  const sales = await compare([
    await openSales('plain MySQL', plainUrl, readPlainPids),
    await openSales('Vitess, 2 shards', urlForFrontrow(small.vtgate), readSmallPids),
    await openSales('Vitess, 4 shards', url, readClusterPids),
  ]);
  const { bestEffortUrl } = inject('vitess');
  const transactions = await compare([
    await openTransactions('plain MySQL', plainUrl, readPlainPids, writeToOne),
    await openTransactions('one shard', url, readClusterPids, writeToOne),
    await openTransactions('two shards, one after the other', bestEffortUrl, readClusterPids, writeToTwo),
    await openTransactions('two shards, in two phases', url, readClusterPids, writeToTwo),
  ]);
  await writeSection('3-throughput', describe(sales, transactions));
  expect([sales.length, transactions.length]).toEqual([3, 4]);
});

function describe(sales: readonly string[], transactions: readonly string[]): string {
  return [
    '## Throughput',
    '',
    `${ROUNDS} rounds in turn, ${AT_ONCE} at once; medians. The plain MySQL has no replica; those of Vitess have one each, which ` +
      'acknowledges every commit. All of them and the load share the cores of this machine, so the ratio says what the work ' +
      'costs, not how much more several machines carry. The CPU time is that of MySQL, its replicas and Vitess, also of the ' +
      'shards that have nothing to do.',
    '',
    `Sales: a charge, a hold and a payment; ${CONCERTS * SEATS} in a round. One half of the shards is of \`sales\`, the other of \`accounts\`.`,
    '',
    '| database | sales/s | ratio to plain MySQL | CPU for each sale |',
    '| --- | --- | --- | --- |',
    ...sales,
    '',
    `Transactions of two inserts, ${TRANSACTIONS} in a round, each statement in a round trip of its own.`,
    '',
    '| database | transactions/s | ratio to plain MySQL | CPU for each |',
    '| --- | --- | --- | --- |',
    ...transactions,
  ].join('\n');
}
