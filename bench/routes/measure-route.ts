import {
  type Workload,
  type Cost,
  closeLoads,
  compareWorkloads,
  loadServers,
} from '../harness/compare-workloads.ts';
import { median } from '../harness/statistics.ts';
import type { MeasuredServers } from '../harness/measured-server.ts';
import { type Latencies, openOpenLoop } from '../harness/open-loop.ts';
import { assertSameSize } from '../harness/ratio-row.ts';
import {
  ARRIVALS,
  SINGLE_USE_PER_ROUND,
  SINGLE_USE_REQUESTS,
  CHEAP_PER_ROUND,
  CHEAP_SINGLE_USE_REQUESTS,
  type HotRoute,
  LONG_WARM_UP,
  ROUNDS,
  BASELINE_PER_ROUND,
  answerPath,
  take,
  wireRequestsOf,
} from './hot-route.ts';

export type Measured = {
  readonly route: HotRoute;
  readonly subject: Cost;
  readonly bare: Cost;
  readonly guarded: Cost;
  /** Half of the saturating rate. */
  readonly ratePerSecond: number;
  /** Latencies at `ratePerSecond`. */
  readonly latencies: Latencies;
};

const MYSQL_READS_PER_ROUND = 1_000;
const CONNECTIONS = 64;
const ARRIVALS_MS = 2_000;

/** Measures the cost of a route and of its baselines, then its latencies at half of its saturating rate. */
export async function measureRoute(servers: MeasuredServers, route: HotRoute): Promise<Measured> {
  if (
    route.isSingleUse &&
    route.requests.length !== (route.waitsForMysql ? SINGLE_USE_REQUESTS : CHEAP_SINGLE_USE_REQUESTS)
  )
    throw new Error(`${route.name} has ${route.requests.length} single-use requests`);
  const [bare, guarded, subject] = await measureCosts(servers, route);
  if (route.status !== 204) assertSameSize(bare, subject);
  const ratePerSecond = median(subject.perSecond) / 2;
  const latencies = await measureLatencies(servers.frontrow.port, route, ratePerSecond);
  await route.confirm?.();
  return { route, subject, bare, guarded, ratePerSecond, latencies };
}

/** The costs of the bare baseline, the guarded baseline and the route. */
export async function measureCosts(
  servers: MeasuredServers,
  route: HotRoute,
): Promise<readonly [Cost, Cost, Cost]> {
  const loads = await loadServers(servers, CONNECTIONS, { sleeps: route.waitsForMysql });
  try {
    // Verifies all access tokens before the measurement; in production the join, a fan's first request, verifies it.
    if (route.newUserRequests === undefined)
      await loads.frontrow.closedLoop.fire(wireRequestsOf(route, 'guarded'));
    await storeAnswer(servers, route);
    const costs = await compareWorkloads(loads, workloadsOf(route), roundsOf(route));
    return costs as unknown as readonly [Cost, Cost, Cost];
  } finally {
    closeLoads(loads);
  }
}

function workloadsOf(route: HotRoute): readonly Workload[] {
  const { name, status } = route;
  return [
    {
      name: `bare ${name}`,
      server: 'bare',
      status: 200,
      requestsOf: slicesOf(wireRequestsOf(route, 'bare'), BASELINE_PER_ROUND),
    },
    {
      name: `guarded ${name}`,
      server: 'frontrow',
      status: 200,
      requestsOf: slicesOf(wireRequestsOf(route, 'guarded'), BASELINE_PER_ROUND),
    },
    {
      name,
      server: 'frontrow',
      status,
      requestsOf: slicesOf(wireRequestsOf(route, 'route'), perRoundOf(route)),
    },
  ];
}

function roundsOf({ isSingleUse, waitsForMysql }: HotRoute): typeof ROUNDS {
  return isSingleUse && waitsForMysql ? ROUNDS : { ...ROUNDS, warmUp: LONG_WARM_UP };
}

function perRoundOf({ isSingleUse, waitsForMysql }: HotRoute): number {
  if (!waitsForMysql) return CHEAP_PER_ROUND;
  return isSingleUse ? SINGLE_USE_PER_ROUND : MYSQL_READS_PER_ROUND;
}

/** Skips the first request, which `storeAnswer` has sent. */
function slicesOf(wires: readonly Buffer[], perRound: number): Workload['requestsOf'] {
  return (round) => take(wires, 1 + round * perRound, perRound);
}

async function measureLatencies(port: number, route: HotRoute, perSecond: number): Promise<Latencies> {
  const wires = wireRequestsOf(route, 'route');
  const count = Math.ceil((perSecond * ARRIVALS_MS) / 1_000);
  const arrivals = route.isSingleUse ? wires.slice(-ARRIVALS) : take(wires, 0, count);
  const openLoop = await openOpenLoop(port, CONNECTIONS, { sleeps: route.waitsForMysql });
  const latencies = await openLoop.fire(arrivals, perSecond).finally(() => openLoop.close());
  const { statuses } = latencies;
  if (statuses[route.status] !== latencies.count)
    throw new Error(`${route.name} was answered ${JSON.stringify(statuses)} at half of its saturating rate`);
  return latencies;
}

/** Sends one request to the route and stores its answer as the answer of the bare baseline. */
async function storeAnswer({ frontrow, bare }: MeasuredServers, route: HotRoute): Promise<void> {
  const { name, method, requests, status, isSingleUse } = route;
  const json = { 'Content-Type': 'application/json' };
  // A request from the middle of the waiting line, whose answer has a typical length.
  const { path, headers, body } = requests[isSingleUse ? 0 : requests.length >>> 1]!;
  const answer = await fetch(`http://127.0.0.1:${frontrow.port}${path}`, {
    method,
    ...(body === undefined ? { headers } : { headers: { ...headers, ...json }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`${name} was answered ${answer.status}: ${text}`);
  const put = { method: 'PUT', headers: json, body: text === '' ? '{}' : text };
  const { ok } = await fetch(`http://127.0.0.1:${bare.port}${answerPath(name)}`, put);
  if (!ok) throw new Error(`the baseline of ${name} was not set`);
}
