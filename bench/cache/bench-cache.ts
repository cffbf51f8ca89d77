import { loadConcerts } from '../data/load-concerts.ts';
import { waitForFlush } from '../data/wait-for-flush.ts';
import { type Cost, closeLoads, compareWorkloads, loadServers } from '../harness/compare-workloads.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import type { MeasuredServers } from '../harness/measured-server.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { openTestbed } from '../harness/testbed.ts';
import { compareArrivals } from './compare-arrivals.ts';
import { dateRequests, listWorkloads, listRequests } from './catalog-requests.ts';
import { compareJourneys } from './compare-journeys.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 3, measured: 7 };

const PUBLISHED = `Published for the system that inspired this one, uncached → cached: list of concerts 401 → 43.3 ms, bookable dates
64.8 → 54.9 ms, whole system 2.73 → 4.41 requests per second. The size of the catalog is the same, and in both tests both
variants have the same arrivals. The machine, the rate, the length of a page and the steps of a journey differ.`;

/** `pnpm bench cache`: the cost of a cached read, and the catalog with and without its cache. About three minutes. */
export async function benchCache(): Promise<void> {
  const testbed = await openTestbed();
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    const startedAt = performance.now();
    await loadConcerts(testbed.mysqlUrl);
    await waitForFlush(testbed.mysqlUrl);
    console.log(`2,000 concerts, 2 million dates in ${((performance.now() - startedAt) / 1e3).toFixed(0)} s`);
    const servers = await testbed.startServers();
    const cached = servers.frontrow;
    const uncached = await testbed.startServer({ BENCH_CACHE: 'off' });
    const pair = { cached, uncached };
    const rows = [
      ...(await measureFirstPage(servers)),
      ...(await compareArrivals(pair, testbed.mysqlUrl, {
        name: 'list of concerts',
        requests: listRequests,
      })),
      ...(await compareArrivals(pair, testbed.mysqlUrl, {
        name: 'bookable dates',
        requests: dateRequests,
      })),
      ...(await compareJourneys(testbed, pair)),
    ];
    console.log();
    printTable(rows);
    console.log(`\n${PUBLISHED}`);
  } finally {
    await testbed.close();
  }
}

/** Measures the first page of the concerts, which every fan reads. */
async function measureFirstPage(servers: MeasuredServers): Promise<Row[]> {
  const answer = await fetch(`http://127.0.0.1:${servers.frontrow.port}/v1/concerts`);
  await answer.text();
  const loads = await loadServers(servers, CONNECTIONS);
  const { bare, text, guarded, list, unchangedList } = listWorkloads(answer.headers.get('etag') ?? '');
  const costs = await compareWorkloads(loads, [bare, text, guarded, list, unchangedList], ROUNDS);
  const [b, t, g, l, k] = costs as [Cost, Cost, Cost, Cost, Cost];
  closeLoads(loads);
  assertSameSize(b, l);
  const path = 'list of 20 concerts, cached';
  return [
    ratioRow(path, l, { baseline: b, baselineName: 'bare', goal: 0.8 }),
    ratioRow(path, l, { baseline: t, baselineName: 'bare with a prepared text', goal: null }),
    ratioRow(path, l, { baseline: g, baselineName: 'guarded', goal: null }),
    ratioRow('the same, unchanged: 304', k, { baseline: b, baselineName: 'bare', goal: null }),
  ];
}
