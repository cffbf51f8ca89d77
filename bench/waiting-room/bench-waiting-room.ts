import {
  type Cost,
  closeLoads,
  compareWorkloads,
  isSteady,
  loadServers,
  ratioTo,
} from '../harness/compare-workloads.ts';
import { median } from '../harness/statistics.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import type { MeasuredServers } from '../harness/measured-server.ts';
import { micros, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { measureFanOut } from './stream-fan-out.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import { type FullRoom, fillRoom } from './full-room.ts';
import { measureAdmission, measureMemory } from './redis-costs.ts';
import { measureJoinCosts } from './join-costs.ts';
import { joinWorkloads, pollWorkloads } from './queue-requests.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 5, measured: 7 };
const SMALL = 1_000;
const LARGE = 1_000_000;
const MEDIUM = 100_000;
const STREAMS = 10_000;

/** `pnpm bench waiting-room`: the cost of polls, joins, admissions and streams. About four minutes. */
export async function benchWaitingRoom(): Promise<void> {
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    const large = await openFilledRoom(testbed, LARGE);
    const rows = [...(await measureMemory(testbed, large)), ...(await measureAdmission(testbed, large))];
    rows.push(...(await measureJoinCosts(testbed, await openPausedRoom(testbed))));
    const servers = await testbed.startServers();
    rows.push(...(await measurePolls(testbed, servers, large)), ...(await measureJoins(testbed, servers)));
    rows.push(...(await measureStreams(testbed)));
    console.log();
    printTable(rows);
  } finally {
    await testbed.close();
  }
}

async function openFilledRoom(testbed: Testbed, size: number): Promise<FullRoom> {
  const concertId = await createBenchmarkSale(testbed);
  const startedAt = performance.now();
  const room = await fillRoom(testbed, concertId, size);
  // RUNNING, so that polls carry an estimate. No worker runs, so nobody is admitted.
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { state: 'RUNNING' },
    hold: {},
  });
  console.log(`${size} joined in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return room;
}

async function openPausedRoom(testbed: Testbed): Promise<FullRoom> {
  return fillRoom(testbed, await createBenchmarkSale(testbed), SMALL);
}

async function measurePolls(
  testbed: Testbed,
  servers: MeasuredServers,
  large: FullRoom,
): Promise<readonly Row[]> {
  const loads = await loadServers(servers, CONNECTIONS);
  const medium = await openFilledRoom(testbed, MEDIUM);
  const small = await openFilledRoom(testbed, SMALL);
  const [cold] = await compareWorkloads(loads, [pollWorkloads(medium).poll], {
    warmUp: 0,
    measured: 1,
  });
  const { bare, guarded, poll } = pollWorkloads(medium);
  const [b, g, p] = (await compareWorkloads(loads, [bare, guarded, poll], ROUNDS)) as [Cost, Cost, Cost];
  // The same number of tickets of both rooms, so that only the length of the waiting line differs.
  const ticketsOfLarge = pollWorkloads({ ...large, waiters: large.waiters.slice(-SMALL) }).poll;
  const [inLarge, inSmall] = (await compareWorkloads(
    loads,
    [ticketsOfLarge, pollWorkloads(small).poll].map((each) => ({
      ...each,
      slice: () => repeat(each.requestsOf(0), 20),
    })),
    ROUNDS,
  )) as [Cost, Cost];
  closeLoads(loads);
  return [
    ratioRow('status poll, known ticket', p, { baseline: b, baselineName: 'bare', goal: 0.8 }),
    ratioRow('status poll, known ticket', p, { baseline: g, baselineName: 'guarded', goal: null }),
    { path: 'status poll, new ticket', figure: micros(cold!), goal: '', isMet: null },
    {
      path: 'poll with 1,000,000 waiting against 1,000',
      figure: `${(1 / ratioTo(inSmall, inLarge)).toFixed(2)} × (${micros(inLarge)} against ${micros(inSmall)})`,
      goal: '≤ 1.1 ×',
      isMet: isSteady(inSmall) ? 1 / ratioTo(inSmall, inLarge) <= 1.1 : null,
    },
  ];
}

async function measureJoins(testbed: Testbed, servers: MeasuredServers): Promise<readonly Row[]> {
  const { concertId } = await openFilledRoom(testbed, SMALL);
  const loads = await loadServers(servers, CONNECTIONS);
  const { bare, guarded, guardedAgain, join, again } = joinWorkloads(
    concertId,
    ROUNDS.warmUp + ROUNDS.measured,
  );
  const workloads = [bare, guarded, guardedAgain, join, again];
  const costs = await compareWorkloads(loads, workloads, ROUNDS);
  const [b, g, ga, j, a] = costs as [Cost, Cost, Cost, Cost, Cost];
  closeLoads(loads);
  const { waiting } = await testbed.ports.waitingRoom.statistics(concertId);
  const joined = (ROUNDS.warmUp + ROUNDS.measured) * join.requestsOf(0).length;
  if (waiting !== SMALL + joined) throw new Error(`${waiting} wait after ${joined} joins`);
  return [
    ratioRow('join, new user', j, { baseline: b, baselineName: 'bare', goal: 0.45 }),
    ratioRow('join, new user', j, { baseline: g, baselineName: 'guarded', goal: 0.6 }),
    ratioRow('join, repeated', a, { baseline: b, baselineName: 'bare', goal: 0.4 }),
    ratioRow('join, repeated', a, { baseline: ga, baselineName: 'guarded', goal: 0.6 }),
  ];
}

async function measureStreams(testbed: Testbed): Promise<readonly Row[]> {
  const room = await openFilledRoom(testbed, STREAMS + 100);
  const server = await testbed.startServer();
  const fanOut = await measureFanOut(testbed, server, room, { streams: STREAMS, updates: 5 });
  const cpu = median(fanOut.cpuSecondsPerUpdate);
  return [
    {
      path: 'one update to 10,000 streams',
      figure: `${cpu.toFixed(2)} s CPU, ${(fanOut.rssBytesPerStream / 1024).toFixed(0)} KiB RSS per stream`,
      goal: '< 1 s CPU',
      isMet: cpu < 1,
    },
  ];
}

function repeat<T>(list: readonly T[], times: number): readonly T[] {
  return Array.from({ length: times }, () => list).flat();
}
