import type { Connection, RowDataPacket } from 'mysql2/promise';
import { createBenchmarkDate } from '../data/benchmark-sale.ts';
import { type Cost, closeLoads, compareWorkloads, loadServers } from '../harness/compare-workloads.ts';
import { areSteady, median } from '../harness/statistics.ts';
import { type ClosedLoop, openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServers } from '../harness/measured-server.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import type { Row } from '../harness/result-table.ts';
import type { Testbed } from '../harness/testbed.ts';
import { type AdmittedSale, holdRequests, refusedHoldWorkloads, openAdmittedSale } from './admitted-sale.ts';
import { countHeld, readCounters } from './contention-in-process.ts';

const FANS = 5_000;
const SEAT = 7;
const ROUNDS = { warmUp: 3, measured: 7 };
const CONNECTIONS = 64;

/** Measures 5,000 admitted fans that hold one seat over HTTP: the time until all are answered, and the cost of a refusal. */
export async function measureOverHttp(testbed: Testbed, db: Connection): Promise<readonly Row[]> {
  const sale = await openAdmittedSale(testbed, FANS);
  const servers = await testbed.startServers();
  return [
    ...(await measureContention(testbed, servers.frontrow.port, db, sale, FANS)),
    ...(await measureContention(testbed, servers.frontrow.port, db, sale, CONNECTIONS)),
    ...(await measureRefusedHolds(testbed, servers, sale)),
  ];
}

type ContendedRound = {
  readonly ms: number;
  readonly guardedMs: number;
  readonly statementsPerRefusal: number;
};

async function measureContention(
  testbed: Testbed,
  port: number,
  db: Connection,
  sale: AdmittedSale,
  connections: number,
): Promise<readonly Row[]> {
  const closedLoop = await openClosedLoop(port, connections);
  const rounds: ContendedRound[] = [];
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1) {
    const result = await runRound(testbed, closedLoop, db, sale);
    if (round >= ROUNDS.warmUp) rounds.push(result);
  }
  closedLoop.close();
  const factor = median(rounds.map(({ ms, guardedMs }) => ms / guardedMs));
  const ms = rounds.map((round) => round.ms);
  const guarded = rounds.map(({ guardedMs }) => guardedMs);
  const statements = Math.max(...rounds.map(({ statementsPerRefusal }) => statementsPerRefusal));
  const path =
    connections === FANS
      ? 'HTTP: 5,000 on one seat at once'
      : `HTTP: 5,000 on one seat over ${connections} connections`;
  const figure = `${factor.toFixed(2)} × guarded (${median(ms).toFixed(0)} ms against ${median(guarded).toFixed(0)} ms)`;
  return [
    { path, figure, goal: '≤ 1.5 × guarded', isMet: areSteady(guarded) ? factor <= 1.5 : null },
    {
      path,
      figure: `${statements.toFixed(3)} statements per refused hold, at most; none answered 503`,
      goal: '≤ 0.05',
      isMet: statements <= 0.05,
    },
  ];
}

/** Sends the baseline, then the holds; throws unless exactly one is granted and all others are refused. */
async function runRound(
  testbed: Testbed,
  closedLoop: ClosedLoop,
  db: Connection,
  sale: AdmittedSale,
): Promise<ContendedRound> {
  const eventId = await createBenchmarkDate(testbed, sale.concertId);
  const baseline = holdRequests(sale, eventId, SEAT, '/v1/bench/guarded/v1/reservations');
  const requests = holdRequests(sale, eventId, SEAT);
  const guarded = await closedLoop.fire(baseline);
  if (guarded.statuses[200] !== FANS) throw new Error(JSON.stringify(guarded.statuses));
  const before = await readCounters(db);
  const { statuses, elapsedMs: ms } = await closedLoop.fire(requests);
  const after = await readCounters(db);
  if (statuses[201] !== 1 || statuses[409] !== FANS - 1) throw new Error(JSON.stringify(statuses));
  if ((await countHeld(db, eventId)) !== 1) throw new Error('the seat is not held');
  // Frees the winner's only live hold of the concert, so that every fan can hold again in the next round.
  await db.query<RowDataPacket[]>('update reservation set live_hold = null where concert_event_id = ?', [
    eventId,
  ]);
  const statementsPerRefusal = (after.questions - before.questions - 1) / (FANS - 1);
  return { ms, guardedMs: guarded.elapsedMs, statementsPerRefusal };
}

/** Measures the server's CPU time of a refused hold against its baselines. */
export async function measureRefusedHolds(
  testbed: Testbed,
  servers: MeasuredServers,
  sale: AdmittedSale,
): Promise<readonly Row[]> {
  const loads = await loadServers(servers, CONNECTIONS);
  const eventId = await createBenchmarkDate(testbed, sale.concertId);
  const winner = await loads.frontrow.closedLoop.fire(holdRequests(sale, eventId, SEAT).slice(0, 1));
  if (winner.statuses[201] !== 1) throw new Error('no fan holds the seat');
  const otherFans = { ...sale, fans: sale.fans.slice(1) };
  const { bare, guarded, refused } = refusedHoldWorkloads(otherFans, eventId, SEAT);
  const costs = await compareWorkloads(loads, [bare, guarded, refused], ROUNDS);
  closeLoads(loads);
  const [b, g, r] = costs as [Cost, Cost, Cost];
  assertSameSize(b, r);
  return [
    ratioRow('HTTP: refused hold, CPU time', r, { baseline: b, baselineName: 'bare', goal: null }),
    ratioRow('HTTP: refused hold, CPU time', r, { baseline: g, baselineName: 'guarded', goal: 0.75 }),
  ];
}
