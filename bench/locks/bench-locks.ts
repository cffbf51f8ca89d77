import { SEAT_HOLD_STRATEGIES, SEAT_HOLD_STRATEGY_DEFAULT } from '@frontrow/adapters/open-ports.ts';
import { type Connection, createConnection } from 'mysql2/promise';
import { areSteady, median } from '../harness/statistics.ts';
import { leaveServerCore, useServerCore } from '../harness/cpu-cores.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { openHandWritten } from './hand-written-lock.ts';
import { type Contention, type ContentionRun, runContention } from './contention-in-process.ts';
import { measureOverHttp } from './contention-over-http.ts';
import { type HoldVariant, type Strategies, openStrategies } from './hold-variants.ts';
import { runWalletContention } from './wallet-contention.ts';

const ROUNDS = 5;
const SIZES = [10, 100, 1_000, 5_000];
/** No verdict hangs on the runs over fifty seats. */
const FIFTY_SEAT_ROUNDS = 3;
const WALLET_SIZES = [10, 100, 1_000];
const LARGEST_SIZE = 5_000;

/**
 * Who wins when N users want one seat at once, by each strategy: `pnpm bench locks`. In one process without HTTP, through
 * the use case with a room that everybody is in, on a pool of ten connections to a MySQL that writes as in production;
 * then over HTTP. Under five minutes.
 */
export async function benchLocks(): Promise<void> {
  const startedAt = performance.now();
  const testbed = await openTestbed({ durable: true });
  const db = await createConnection(testbed.mysqlUrl);
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    useServerCore(testbed.cores);
    const rows = await inProcess(testbed, db);
    leaveServerCore(testbed.cores);
    rows.push(...(await measureOverHttp(testbed, db)));
    console.log();
    printTable([...rows, ...PUBLISHED]);
    console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  } finally {
    await db.end();
    await testbed.close();
  }
}

async function inProcess(testbed: Testbed, db: Connection): Promise<Row[]> {
  const strategies = await openStrategies(testbed);
  const byHand = await openHandWritten(testbed);
  try {
    const { variants } = strategies;
    const all = [...variants, byHand];
    // So that the code of all is compiled, and their connections are open.
    await runRounds(testbed, db, all, { users: 100, seats: 1 }, 1);
    const rows: Row[] = [];
    let final = new Map<string, readonly ContentionRun[]>();
    for (const users of SIZES) {
      final = await runRounds(testbed, db, all, { users, seats: 1 }, ROUNDS);
      rows.push(...describeRuns(`${users} on one seat`, final));
    }
    rows.push(...verdictRows(final));
    for (const users of SIZES) {
      const runs = await runRounds(testbed, db, variants, { users, seats: 50 }, FIFTY_SEAT_ROUNDS);
      rows.push(...describeRuns(`${users} on 50 seats`, runs));
    }
    rows.push(...(await runWallets(testbed, db, strategies)));
    return rows;
  } finally {
    await strategies.close();
    await byHand.close();
  }
}

/** Every variant once in every round, one after the other. */
async function runRounds(
  testbed: Testbed,
  db: Connection,
  variants: readonly HoldVariant[],
  crowd: Contention,
  rounds: number,
): Promise<Map<string, readonly ContentionRun[]>> {
  const runs = new Map<string, ContentionRun[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const variant of variants)
      runs.get(variant.name)!.push(await runContention(testbed, db, variant, crowd));
  return runs;
}

async function runWallets(testbed: Testbed, db: Connection, strategies: Strategies): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await runWalletContention(testbed, db, strategies, 10);
  for (const users of WALLET_SIZES) {
    const runs: ContentionRun[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      runs.push(await runWalletContention(testbed, db, strategies, users));
    rows.push(...describeRuns(`${users} on one wallet`, new Map([['row lock', runs]])));
  }
  return rows;
}

function describeRuns(crowd: string, runsByName: ReadonlyMap<string, readonly ContentionRun[]>): Row[] {
  return [...runsByName].map(([name, runs]) => {
    const of = (fact: keyof ContentionRun) => median(runs.map((run) => run[fact]));
    const ms = (fact: keyof ContentionRun) => of(fact).toFixed(0);
    return {
      path: `${crowd}: ${name}`,
      figure:
        `mean ${ms('meanMs')}, p95 ${ms('p95Ms')}, slowest ${ms('slowestMs')} ms; ` +
        `${of('commits')} committed, ${of('refusals')} refused, ${of('deadlocks')} deadlocks, ` +
        `${of('retries')} retries, ${of('statementsPerUser').toFixed(2)} statements a user`,
      goal: '',
      isMet: null,
    };
  });
}

/** The slowest user of a run, in relation to that of another variant in the same round. */
function verdictRows(runs: ReadonlyMap<string, readonly ContentionRun[]>): Row[] {
  const slowest = (name: string) => runs.get(name)!.map(({ slowestMs }) => slowestMs);
  const others = SEAT_HOLD_STRATEGIES.filter((name) => name !== SEAT_HOLD_STRATEGY_DEFAULT).map(slowest);
  const bestOther = others[0]!.map((_, round) => Math.min(...others.map((of) => of[round]!)));
  const ofDefault = factorOf(slowest(SEAT_HOLD_STRATEGY_DEFAULT), bestOther);
  const ofLock = factorOf(slowest('distributed-lock'), slowest('SET NX, FOR UPDATE by hand'));
  return [
    {
      path: `slowest of ${LARGEST_SIZE}: ${SEAT_HOLD_STRATEGY_DEFAULT}`,
      figure: `${ofDefault.toFixed(2)} × the best of the other three`,
      goal: '≤ 0.5 ×',
      isMet: areSteady(bestOther) ? ofDefault <= 0.5 : null,
    },
    {
      path: `slowest of ${LARGEST_SIZE}: distributed-lock`,
      figure: `${ofLock.toFixed(2)} × SET NX, FOR UPDATE by hand`,
      goal: '≤ 1.3 ×',
      isMet: areSteady(slowest('SET NX, FOR UPDATE by hand')) ? ofLock <= 1.3 : null,
    },
  ];
}

function factorOf(subject: readonly number[], baseline: readonly number[]): number {
  return median(subject.map((ms, round) => ms / baseline[round]!));
}

const published = (name: string, figure: string): Row => ({
  path: `published, 5000 on one seat: ${name}`,
  figure: `slowest ${figure}`,
  goal: '',
  isMet: null,
});

/** One JVM without HTTP on a machine that is not described; its losers wait for a lock and then find the seat taken. */
const PUBLISHED: readonly Row[] = [
  published('distributed and pessimistic', '1,825 ms'),
  published('pessimistic', '4,382 ms (3,682 ms like for like)'),
  published('optimistic', '3,264 ms'),
];
