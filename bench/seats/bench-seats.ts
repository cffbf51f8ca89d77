import {
  type Workload,
  type Cost,
  type LoadedServers,
  closeLoads,
  compareWorkloads,
  loadServers,
} from '../harness/compare-workloads.ts';
import { countStatements } from '../harness/count-statements.ts';
import type { ClosedLoop } from '../harness/closed-loop.ts';
import { wireRequest } from '../harness/http-socket.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { createConcert } from '@frontrow/tests/support/concert-on-sale.ts';
import { type Fan, admitFans, createBenchmarkDate } from '../data/benchmark-sale.ts';
import { startBackgroundHolds } from './background-holds.ts';
import { compareForms } from './compare-forms.ts';
import { measureWatchedSeats } from './watched-seats.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 4, measured: 7 };
const LISTS_PER_SLICE = 10_000;
const FANS = 1_000;
const BUYERS = 10;

/** `pnpm bench seats`: the seat map of one date under many requests, and its streams. About two minutes. */
export async function benchSeats(): Promise<void> {
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    const concertId = await createConcert(testbed.application);
    await testbed.application.changePolicy({
      by: BY_STAFF,
      concertId,
      admission: {},
      hold: { unpaidHoldsMax: null },
    });
    const eventId = await createBenchmarkDate(testbed, concertId);
    const fans = await admitFans(testbed, concertId, FANS);
    const buyers = await admitFans(testbed, concertId, BUYERS);
    const servers = await testbed.startServers();
    const loads = await loadServers(servers, CONNECTIONS);
    const workloads = seatListWorkloads(eventId, fans);
    const rows = await measureUnchangedSeats(loads, workloads);
    rows.push(await measureStatements(testbed, loads.frontrow.closedLoop, workloads.seats));
    rows.push(...(await measureChangingSeats(testbed, loads, { workloads, eventId, buyers })));
    closeLoads(loads);
    rows.push(...(await compareForms(testbed, servers.frontrow)), ...(await measureWatchedSeats(testbed)));
    console.log();
    printTable(rows);
  } finally {
    await testbed.close();
  }
}

type SeatListWorkloads = Record<'bare' | 'text' | 'guarded' | 'seats', Workload>;

/** The seat map and its baselines, requested by admitted fans. */
function seatListWorkloads(eventId: string, fans: readonly Fan[]): SeatListWorkloads {
  const workload = (name: string, path: string, server: Workload['server'] = 'frontrow'): Workload => {
    const requests = fans.map(({ headers }) => wireRequest(`GET ${path}`, headers));
    const many = Array.from({ length: LISTS_PER_SLICE }, (_, index) => requests[index % requests.length]!);
    return { name, server, status: 200, requestsOf: () => many };
  };
  return {
    bare: workload('bare', '/seats', 'bare'),
    text: workload('bare text', '/seats-text', 'bare'),
    guarded: workload('guarded', `/v1/bench/guarded/v1/events/${eventId}/seats`),
    seats: workload('seat list', `/v1/events/${eventId}/seats`),
  };
}

async function measureUnchangedSeats(loads: LoadedServers, workloads: SeatListWorkloads): Promise<Row[]> {
  const { bare, text, guarded, seats } = workloads;
  const costs = await compareWorkloads(loads, [bare, text, guarded, seats], ROUNDS);
  const [b, t, g, s] = costs as [Cost, Cost, Cost, Cost];
  assertSameSize(b, s);
  const path = `seat list, 50 seats, ${CONNECTIONS} connections`;
  return [
    ratioRow(path, s, { baseline: b, baselineName: 'bare', goal: 0.6 }),
    ratioRow(path, s, { baseline: g, baselineName: 'guarded', goal: 0.8 }),
    ratioRow(path, s, { baseline: t, baselineName: 'bare with a prepared text', goal: null }),
  ];
}

async function measureStatements(
  { mysqlUrl }: Testbed,
  closedLoop: ClosedLoop,
  seats: Workload,
): Promise<Row> {
  const requests = seats.requestsOf(0);
  const perAnswer = (await countStatements(mysqlUrl, () => closedLoop.fire(requests))) / requests.length;
  if (perAnswer === 0) throw new Error('the seat map was never read from MySQL');
  return {
    path: 'database statements per answer',
    figure: `${perAnswer.toFixed(3)} (${(1 / perAnswer).toFixed(0)} answers per read)`,
    goal: '',
    isMet: null,
  };
}

type ChangingSeats = {
  readonly workloads: SeatListWorkloads;
  readonly eventId: string;
  readonly buyers: readonly Fan[];
};

/** Measures the seat map while other fans hold and cancel seats as fast as MySQL allows. */
async function measureChangingSeats(
  testbed: Testbed,
  loads: LoadedServers,
  { workloads: { bare, guarded, seats }, eventId, buyers }: ChangingSeats,
): Promise<Row[]> {
  const backgroundHolds = startBackgroundHolds(testbed, eventId, buyers);
  const startedAt = performance.now();
  const costs = await compareWorkloads(loads, [bare, guarded, seats], {
    warmUp: 1,
    measured: 5,
  });
  const [b, g, s] = costs as [Cost, Cost, Cost];
  const changes = await backgroundHolds.stop();
  const perSecond = (changes / (performance.now() - startedAt)) * 1_000;
  const path = `the same while seats change ${perSecond.toFixed(0)} times per second`;
  return [
    ratioRow(path, s, { baseline: b, baselineName: 'bare', goal: null }),
    ratioRow(path, s, { baseline: g, baselineName: 'guarded', goal: null }),
  ];
}
