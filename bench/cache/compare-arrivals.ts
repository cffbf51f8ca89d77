import { setTimeout as sleep } from 'node:timers/promises';
import { areSteady, median } from '../harness/statistics.ts';
import { countStatements } from '../harness/count-statements.ts';
import { openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { type Latencies, openOpenLoop, saturatingRate } from '../harness/open-loop.ts';
import type { Row } from '../harness/result-table.ts';
import { seededRandom } from '@frontrow/tests/support/seeded-random.ts';

/** Two servers on the same stores: with the cache, and with every read going to MySQL. */
export type CachePair = Readonly<Record<'cached' | 'uncached', MeasuredServer>>;

/** A kind of read, and `count` random requests for it. */
export type Reads = {
  readonly name: string;
  readonly requests: (count: number, random: () => number) => readonly Buffer[];
};

const CONNECTIONS = 64;
const WARM_UP = 6_000;
const ROUNDS = 5;
const SATURATING = 3_000;
const ROUND_SECONDS = 2;
/** Share of the slower server's saturating rate, so that neither builds up a queue. */
const SHARE_OF_SATURATION = 0.5;
const SETTLE_MS = 300;

/** Compares the latencies of both servers at the same fixed arrivals, half of the slower server's saturating rate. */
export async function compareArrivals(pair: CachePair, mysqlUrl: string, reads: Reads): Promise<Row[]> {
  const random = seededRandom(11);
  const saturation = { cached: 0, uncached: 0 };
  const statements = { cached: 0, uncached: 0 };
  for (const variant of ['cached', 'uncached'] as const) {
    const closedLoop = await openClosedLoop(pair[variant].port, CONNECTIONS);
    await closedLoop.fire(reads.requests(WARM_UP, random));
    const slices = Array.from({ length: 5 }, () => reads.requests(SATURATING, random));
    const executed = await countStatements(mysqlUrl, async () => {
      saturation[variant] = await saturatingRate(closedLoop, slices, 200);
    });
    statements[variant] = executed / slices.flat().length;
    closedLoop.close();
  }
  if (statements.uncached < 1 || statements.cached > 0.5)
    throw new Error(`${reads.name} took ${JSON.stringify(statements)} statements per answer`);
  const perSecond = Math.floor(SHARE_OF_SATURATION * Math.min(saturation.cached, saturation.uncached));
  const seen: Record<keyof CachePair, Latencies[]> = { cached: [], uncached: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const variant of ['cached', 'uncached'] as const) {
      const loop = await openOpenLoop(pair[variant].port, CONNECTIONS);
      const latencies = await loop.fire(reads.requests(perSecond * ROUND_SECONDS, random), perSecond);
      loop.close();
      if (latencies.statuses[200] !== latencies.count)
        throw new Error(`${reads.name} was answered ${JSON.stringify(latencies.statuses)}`);
      seen[variant].push(latencies);
      await sleep(SETTLE_MS);
    }
  return rows(reads, { saturation, statements, perSecond, seen });
}

type ArrivalResults = {
  readonly saturation: Record<keyof CachePair, number>;
  readonly statements: Record<keyof CachePair, number>;
  readonly perSecond: number;
  readonly seen: Record<keyof CachePair, Latencies[]>;
};

function rows({ name }: Reads, { saturation, statements, perSecond, seen }: ArrivalResults): Row[] {
  const noGoal = { goal: '', isMet: null };
  return (['uncached', 'cached'] as const).flatMap((variant) => [
    {
      path: `${name}, ${variant}, ${perSecond} arrivals per second`,
      figure: summarise(seen[variant]),
      ...noGoal,
    },
    {
      path: `${name}, ${variant}, saturated`,
      figure: `${saturation[variant].toFixed(0)} answers per second, ${statements[variant].toFixed(2)} statements each`,
      ...noGoal,
    },
  ]);
}

function summarise(rounds: readonly Latencies[]): string {
  const of = (pick: (latencies: Latencies) => number) => median(rounds.map(pick)).toFixed(2);
  const unsteady = areSteady(rounds.map(({ p50Ms }) => p50Ms))
    ? ''
    : ' (its rounds differ by more than a third)';
  return `p50 ${of(({ p50Ms }) => p50Ms)} ms, p99 ${of(({ p99Ms }) => p99Ms)} ms${unsteady}`;
}
