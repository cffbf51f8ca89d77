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
/** Fewer rounds, because the runs over 50 seats have no goal. */
const FIFTY_SEAT_ROUNDS = 3;
const WALLET_SIZES = [10, 100, 1_000];
const LARGEST_SIZE = 5_000;

/**
 * `pnpm bench locks`: N concurrent users hold one seat, by each strategy. First in one process without HTTP, through the
 * use case with every user admitted and ten connections to a durable MySQL; then over HTTP. Under five minutes.
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
  const handWritten = await openHandWritten(testbed);
  try {
    const { variants } = strategies;
    const all = [...variants, handWritten];
    // A warm-up: V8 compiles the code of all variants, and their connections open.
    await runRounds(testbed, db, all, { users: 100, seats: 1 }, 1);
    const rows: Row[] = [];
    let runsOfLargest = new Map<string, readonly ContentionRun[]>();
    for (const users of SIZES) {
      runsOfLargest = await runRounds(testbed, db, all, { users, seats: 1 }, ROUNDS);
      rows.push(...describeRuns(`${users} on one seat`, runsOfLargest));
    }
    rows.push(...verdictRows(runsOfLargest));
    for (const users of SIZES) {
      const runs = await runRounds(testbed, db, variants, { users, seats: 50 }, FIFTY_SEAT_ROUNDS);
      rows.push(...describeRuns(`${users} on 50 seats`, runs));
    }
    rows.push(...(await runWallets(testbed, db, strategies)));
    return rows;
  } finally {
    await strategies.close();
    await handWritten.close();
  }
}

/** Runs every variant once per round, one after the other. */
async function runRounds(
  testbed: Testbed,
  db: Connection,
  variants: readonly HoldVariant[],
  contention: Contention,
  rounds: number,
): Promise<Map<string, readonly ContentionRun[]>> {
  const runs = new Map<string, ContentionRun[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const variant of variants)
      runs.get(variant.name)!.push(await runContention(testbed, db, variant, contention));
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

function describeRuns(contention: string, runsByName: ReadonlyMap<string, readonly ContentionRun[]>): Row[] {
  return [...runsByName].map(([name, runs]) => {
    const of = (fact: keyof ContentionRun) => median(runs.map((run) => run[fact]));
    const ms = (fact: keyof ContentionRun) => of(fact).toFixed(0);
    return {
      path: `${contention}: ${name}`,
      figure:
        `mean ${ms('meanMs')}, p95 ${ms('p95Ms')}, slowest ${ms('slowestMs')} ms; ` +
        `${of('commits')} committed, ${of('refusals')} refused, ${of('deadlocks')} deadlocks, ` +
        `${of('retries')} retries, ${of('statementsPerUser').toFixed(2)} statements per user`,
      goal: '',
      isMet: null,
    };
  });
}

/** Compares the slowest users of two variants, round by round. */
function verdictRows(runs: ReadonlyMap<string, readonly ContentionRun[]>): Row[] {
  const slowest = (name: string) => runs.get(name)!.map(({ slowestMs }) => slowestMs);
  const others = SEAT_HOLD_STRATEGIES.filter((name) => name !== SEAT_HOLD_STRATEGY_DEFAULT).map(slowest);
  const bestOther = others[0]!.map((_, round) => Math.min(...others.map((of) => of[round]!)));
  const ofDefault = factorOf(slowest(SEAT_HOLD_STRATEGY_DEFAULT), bestOther);
  const ofLock = factorOf(slowest('distributed-lock'), slowest('by hand: SET NX, FOR UPDATE'));
  return [
    {
      path: `slowest of ${LARGEST_SIZE}: ${SEAT_HOLD_STRATEGY_DEFAULT}`,
      figure: `${ofDefault.toFixed(2)} × the best of the other three`,
      goal: '≤ 0.5 ×',
      isMet: areSteady(bestOther) ? ofDefault <= 0.5 : null,
    },
    {
      path: `slowest of ${LARGEST_SIZE}: distributed-lock`,
      figure: `${ofLock.toFixed(2)} × SET NX and FOR UPDATE by hand`,
      goal: '≤ 1.3 ×',
      isMet: areSteady(slowest('by hand: SET NX, FOR UPDATE')) ? ofLock <= 1.3 : null,
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

/** From one JVM without HTTP on an unknown machine; there, refused requests wait for a lock and then find the seat taken. */
const PUBLISHED: readonly Row[] = [
  published('distributed and pessimistic', '1,825 ms'),
  published('pessimistic', '4,382 ms (3,682 ms like for like)'),
  published('optimistic', '3,264 ms'),
];
