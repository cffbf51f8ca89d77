import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WEB_BUILD_FOLDER } from '@frontrow/http/web/web-build.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';
import { ensureWebBuild } from '../../apps/web/build/ensure-web-build.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import {
  type Cost,
  type Workload,
  closeLoads,
  compareWorkloads,
  isSteady,
  loadServers,
  ratioTo,
} from '../harness/compare-workloads.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { wireRequest } from '../harness/http-socket.ts';
import { micros } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { fillRoom } from '../waiting-room/full-room.ts';
import { joinWorkloads, pollWorkloads } from '../waiting-room/queue-requests.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 5, measured: 5 };
/** Two processes of the same code differ by some percent, so each comparison has several. */
const PAIRS = 3;
const WAITING = 10_000;
const PAGES_PER_ROUND = 2_000;
/** What two servers without the pages differ by here. */
const GOAL = 0.97;
const WEB_ON = { WEB: 'on', WEB_SESSION_URL: '/session', WEB_SIGN_IN_URL: '/sign-in' };
const WEB_OFF = { WEB: 'off' };

/** `pnpm bench web`: what the pages cost polls and joins, then the pages themselves. About two minutes. */
export async function benchWeb(): Promise<void> {
  ensureWebBuild();
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    const rows = await measure(testbed);
    console.log();
    printTable(rows);
  } finally {
    await testbed.close();
  }
}

async function measure(testbed: Testbed): Promise<readonly Row[]> {
  const requests = await prepareRequests(testbed);
  const [withPages, without] = [newComparison(), newComparison()];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await comparePair(testbed, WEB_OFF, requests, without);
    await comparePair(testbed, WEB_ON, requests, withPages);
  }
  const [page, file] = await measurePages(testbed);
  return [
    ...rowsOf('with the pages', withPages, GOAL),
    ...rowsOf('a second server without them', without, null),
    { path: 'the fan page, gzip', figure: micros(page!), goal: '', isMet: null },
    { path: 'the largest script, br', figure: micros(file!), goal: '', isMet: null },
  ];
}

type Requests = { readonly poll: Workload; readonly joins: readonly Workload[] };

async function prepareRequests(testbed: Testbed): Promise<Requests> {
  const concertId = await createBenchmarkSale(testbed);
  const room = await fillRoom(testbed, concertId, WAITING);
  // RUNNING, so that polls carry an estimate. No worker runs, so nobody is admitted.
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { state: 'RUNNING' },
    hold: {},
  });
  const rounds = ROUNDS.warmUp + ROUNDS.measured;
  const joins = Array.from({ length: 4 * PAIRS }, () => joinWorkloads(concertId, rounds).join);
  return { poll: pollWorkloads(room).poll, joins };
}

type Comparison = Record<'poll' | 'join', { readonly baseline: number[]; readonly subject: number[] }>;

function newComparison(): Comparison {
  return { poll: { baseline: [], subject: [] }, join: { baseline: [], subject: [] } };
}

/** Compares a new server with these settings with a new one without the pages. They take turns in every round. */
async function comparePair(
  testbed: Testbed,
  env: Readonly<Record<string, string>>,
  { poll, joins }: Requests,
  comparison: Comparison,
): Promise<void> {
  const servers = { bare: await testbed.startServer(WEB_OFF), frontrow: await testbed.startServer(env) };
  const loads = await loadServers(servers, CONNECTIONS);
  const used = comparison.join.baseline.length / ROUNDS.measured;
  const [one, other] = joins.slice(2 * used + (env === WEB_ON ? 2 * PAIRS : 0)) as [Workload, Workload];
  const costs = await compareWorkloads(
    loads,
    [
      { ...poll, name: 'poll without', server: 'bare' },
      { ...poll, name: 'poll' },
      { ...one, name: 'join without', server: 'bare' },
      { ...other, name: 'join' },
    ],
    ROUNDS,
  );
  closeLoads(loads);
  for (const server of Object.values(servers)) await server.stop();
  const [pollOff, pollOn, joinOff, joinOn] = costs as [Cost, Cost, Cost, Cost];
  comparison.poll.baseline.push(...pollOff.cpuMicros);
  comparison.poll.subject.push(...pollOn.cpuMicros);
  comparison.join.baseline.push(...joinOff.cpuMicros);
  comparison.join.subject.push(...joinOn.cpuMicros);
}

function rowsOf(what: string, { poll, join: joining }: Comparison, goal: number | null): readonly Row[] {
  return [rowOf(`status poll, ${what}`, poll, goal), rowOf(`join, new user, ${what}`, joining, goal)];
}

function rowOf(path: string, { baseline, subject }: Comparison['poll'], goal: number | null): Row {
  const [off, measured] = [{ cpuMicros: baseline }, { cpuMicros: subject }];
  const ratio = ratioTo(off, measured);
  return {
    path,
    figure: `${ratio.toFixed(2)} of WEB=off (${micros(measured)} against ${micros(off)})`,
    goal: goal === null ? '' : `≥ ${goal} of WEB=off`,
    isMet: goal === null || !isSteady(off) ? null : ratio >= goal,
  };
}

async function measurePages(testbed: Testbed): Promise<readonly Cost[]> {
  const server = await testbed.startServer(WEB_ON);
  const loads = await loadServers({ frontrow: server, bare: server }, CONNECTIONS);
  const costs = await compareWorkloads(
    loads,
    [workload('page', '/concerts', 'gzip'), workload('file', `/assets/${largestScript()}`, 'br')],
    ROUNDS,
  );
  closeLoads(loads);
  return costs;
}

function workload(name: string, path: string, encoding: string): Workload {
  const request = wireRequest(`GET ${path}`, { 'Accept-Encoding': encoding });
  const requests = Array.from({ length: PAGES_PER_ROUND }, () => request);
  return { name, server: 'frontrow', status: 200, requestsOf: () => requests };
}

function largestScript(): string {
  const assets = join(WEB_BUILD_FOLDER, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const sizes = scripts.map((name) => ({ name, bytes: statSync(join(assets, name)).size }));
  return sizes.toSorted((a, b) => b.bytes - a.bytes)[0]!.name;
}
