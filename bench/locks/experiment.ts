import { SEAT_HOLD_STRATEGIES, SEAT_HOLD_STRATEGY_DEFAULT } from '@frontrow/adapters/open-ports.ts';
import { type Connection, createConnection } from 'mysql2/promise';
import { areSteady, median } from '../harness/compare.ts';
import { moveAside, moveToServerCore } from '../harness/cores.ts';
import { describeMachine } from '../harness/machine.ts';
import { type Row, printTable } from '../harness/report.ts';
import { type World, openWorld } from '../harness/world.ts';
import { openHandWritten } from './hand-written.ts';
import { type Crowd, type Run, runCrowd } from './in-process.ts';
import { measureOverHttp } from './over-http.ts';
import { type Rival, type Strategies, openStrategies } from './strategies.ts';
import { runWallet } from './wallet.ts';

const ROUNDS = 5;
const SIZES = [10, 100, 1_000, 5_000];
/** No verdict hangs on the runs over fifty seats. */
const SPREAD_ROUNDS = 3;
const WALLET_SIZES = [10, 100, 1_000];
const FINAL = 5_000;

/**
 * Who wins when N users want one seat at once, by each strategy: `pnpm bench locks`. In one process without HTTP, through
 * the use case with a room that everybody is in, on a pool of ten connections to a MySQL that writes as in production;
 * then over HTTP. Under five minutes.
 */
export async function benchLocks(): Promise<void> {
  const startedAt = performance.now();
  const world = await openWorld({ durable: true });
  const db = await createConnection(world.mysqlUrl);
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    moveToServerCore(world.cores);
    const rows = await inProcess(world, db);
    moveAside(world.cores);
    rows.push(...(await measureOverHttp(world, db)));
    console.log();
    printTable([...rows, ...PUBLISHED]);
    console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  } finally {
    await db.end();
    await world.close();
  }
}

async function inProcess(world: World, db: Connection): Promise<Row[]> {
  const strategies = await openStrategies(world);
  const byHand = await openHandWritten(world);
  try {
    const { rivals } = strategies;
    const all = [...rivals, byHand];
    // So that the code of all is compiled, and their connections are open.
    await runRounds(world, db, all, { users: 100, seats: 1 }, 1);
    const rows: Row[] = [];
    let final = new Map<string, readonly Run[]>();
    for (const users of SIZES) {
      final = await runRounds(world, db, all, { users, seats: 1 }, ROUNDS);
      rows.push(...describe(`${users} on one seat`, final));
    }
    rows.push(...verdicts(final));
    for (const users of SIZES) {
      const runs = await runRounds(world, db, rivals, { users, seats: 50 }, SPREAD_ROUNDS);
      rows.push(...describe(`${users} on 50 seats`, runs));
    }
    rows.push(...(await wallets(world, db, strategies)));
    return rows;
  } finally {
    await strategies.close();
    await byHand.close();
  }
}

/** Every rival once in every round, one after the other. */
async function runRounds(
  world: World,
  db: Connection,
  rivals: readonly Rival[],
  crowd: Crowd,
  rounds: number,
): Promise<Map<string, readonly Run[]>> {
  const runs = new Map<string, Run[]>(rivals.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const rival of rivals) runs.get(rival.name)!.push(await runCrowd(world, db, rival, crowd));
  return runs;
}

async function wallets(world: World, db: Connection, strategies: Strategies): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await runWallet(world, db, strategies, 10);
  for (const users of WALLET_SIZES) {
    const runs: Run[] = [];
    for (let round = 0; round < ROUNDS; round += 1) runs.push(await runWallet(world, db, strategies, users));
    rows.push(...describe(`${users} on one wallet`, new Map([['row lock', runs]])));
  }
  return rows;
}

function describe(crowd: string, runsByName: ReadonlyMap<string, readonly Run[]>): Row[] {
  return [...runsByName].map(([name, runs]) => {
    const of = (fact: keyof Run) => median(runs.map((run) => run[fact]));
    const ms = (fact: keyof Run) => of(fact).toFixed(0);
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

/** The slowest user of a run, in relation to that of another rival in the same round. */
function verdicts(runs: ReadonlyMap<string, readonly Run[]>): Row[] {
  const slowest = (name: string) => runs.get(name)!.map(({ slowestMs }) => slowestMs);
  const others = SEAT_HOLD_STRATEGIES.filter((name) => name !== SEAT_HOLD_STRATEGY_DEFAULT).map(slowest);
  const bestOther = others[0]!.map((_, round) => Math.min(...others.map((of) => of[round]!)));
  const ofDefault = timesOf(slowest(SEAT_HOLD_STRATEGY_DEFAULT), bestOther);
  const ofLock = timesOf(slowest('distributed-lock'), slowest('SET NX, FOR UPDATE by hand'));
  return [
    {
      path: `slowest of ${FINAL}: ${SEAT_HOLD_STRATEGY_DEFAULT}`,
      figure: `${ofDefault.toFixed(2)} × the best of the other three`,
      goal: '≤ 0.5 ×',
      isMet: areSteady(bestOther) ? ofDefault <= 0.5 : null,
    },
    {
      path: `slowest of ${FINAL}: distributed-lock`,
      figure: `${ofLock.toFixed(2)} × SET NX, FOR UPDATE by hand`,
      goal: '≤ 1.3 ×',
      isMet: areSteady(slowest('SET NX, FOR UPDATE by hand')) ? ofLock <= 1.3 : null,
    },
  ];
}

function timesOf(subject: readonly number[], baseline: readonly number[]): number {
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
