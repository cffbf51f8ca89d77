import { loadConcerts } from '../data/concerts.ts';
import { untilFlushed } from '../data/until-flushed.ts';
import { type Cost, compare } from '../harness/compare.ts';
import { openGenerator } from '../harness/generator.ts';
import { describeMachine } from '../harness/machine.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/report.ts';
import { openWorld } from '../harness/world.ts';
import { compareArrivals } from './arrivals.ts';
import { dateRequests, listContenders, listRequests } from './catalog-requests.ts';
import { compareJourneys } from './journey.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 3, measured: 7 };

const PUBLISHED = `Published for the system that inspired this one, uncached → cached: list of concerts 401 → 43.3 ms, bookable dates
64.8 → 54.9 ms, whole system 2.73 → 4.41 requests a second. Comparable are the size of the catalog and that both ways met
the same arrivals; not the machine, the rate, the length of a page or the steps of a journey, which are ours here.`;

/** What the catalog's cache costs and what it is worth: `pnpm bench cache`. About three minutes. */
export async function benchCache(): Promise<void> {
  const world = await openWorld();
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    const startedAt = performance.now();
    await loadConcerts(world.mysqlUrl);
    await untilFlushed(world.mysqlUrl);
    console.log(`2,000 concerts, 2 million dates in ${((performance.now() - startedAt) / 1e3).toFixed(0)} s`);
    const cached = await world.startServer();
    const uncached = await world.startServer({ BENCH_CACHE: 'off' });
    const pair = { cached, uncached };
    const rows = [
      ...(await lists(cached)),
      ...(await compareArrivals(pair, world.mysqlUrl, {
        name: 'list of concerts',
        requests: listRequests,
      })),
      ...(await compareArrivals(pair, world.mysqlUrl, {
        name: 'bookable dates',
        requests: dateRequests,
      })),
      ...(await compareJourneys(world, pair)),
    ];
    console.log();
    printTable(rows);
    console.log(`\n${PUBLISHED}`);
  } finally {
    await world.close();
  }
}

/** The first page of the concerts, which everybody asks for. */
async function lists(server: MeasuredServer): Promise<Row[]> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/concerts`);
  await answer.text();
  const generator = await openGenerator(server.port, CONNECTIONS);
  const { bare, text, guarded, list, known } = listContenders(answer.headers.get('etag') ?? '');
  const costs = await compare(server, generator, [bare, text, guarded, list, known], ROUNDS);
  const [b, t, g, l, k] = costs as [Cost, Cost, Cost, Cost, Cost];
  generator.close();
  assertSameSize(b, l);
  const path = 'list of 20 concerts, cached';
  return [
    ratioRow(path, l, { baseline: b, name: 'bare', goal: 0.7 }),
    ratioRow(path, l, { baseline: t, name: 'bare with a text made before', goal: null }),
    ratioRow(path, l, { baseline: g, name: 'guarded', goal: null }),
    ratioRow('the same to whoever has it already: 304', k, { baseline: b, name: 'bare', goal: null }),
  ];
}
