import { setTimeout as sleep } from 'node:timers/promises';
import { areSteady, median } from '../harness/compare.ts';
import { countStatements } from '../harness/count-statements.ts';
import { openGenerator } from '../harness/generator.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { type Latencies, openOpenLoop, saturatingRate } from '../harness/open-loop.ts';
import type { Row } from '../harness/report.ts';
import { seededRandom } from '@frontrow/tests/support/crowd.ts';

/** The same service twice: with its cache, and with every read going to the database. */
export type Pair = Readonly<Record<'cached' | 'uncached', MeasuredServer>>;

export type Reads = {
  readonly name: string;
  readonly requests: (count: number, random: () => number) => readonly Buffer[];
};

const CONNECTIONS = 64;
const WARM_UP = 6_000;
const ROUNDS = 5;
const SATURATING = 3_000;
const ROUND_SECONDS = 2;
/** Of what the slower of the two can do, so that neither has a queue that only grows. */
const SHARE_OF_SATURATION = 0.5;
const SETTLE_MS = 300;

/** Both under the same arrivals: as many a second as half of what the database alone can answer. */
export async function compareArrivals(pair: Pair, mysqlUrl: string, reads: Reads): Promise<Row[]> {
  const random = seededRandom(11);
  const saturation = { cached: 0, uncached: 0 };
  const statements = { cached: 0, uncached: 0 };
  for (const way of ['cached', 'uncached'] as const) {
    const generator = await openGenerator(pair[way].port, CONNECTIONS);
    await generator.fire(reads.requests(WARM_UP, random));
    const slices = Array.from({ length: 5 }, () => reads.requests(SATURATING, random));
    const asked = await countStatements(mysqlUrl, async () => {
      saturation[way] = await saturatingRate(generator, slices, 200);
    });
    statements[way] = asked / slices.flat().length;
    generator.close();
  }
  if (statements.uncached < 1 || statements.cached > 0.5)
    throw new Error(`${reads.name} took ${JSON.stringify(statements)} statements an answer`);
  const perSecond = Math.floor(SHARE_OF_SATURATION * Math.min(saturation.cached, saturation.uncached));
  const seen: Record<keyof Pair, Latencies[]> = { cached: [], uncached: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const way of ['cached', 'uncached'] as const) {
      const loop = await openOpenLoop(pair[way].port, CONNECTIONS);
      const latencies = await loop.fire(reads.requests(perSecond * ROUND_SECONDS, random), perSecond);
      loop.close();
      if (latencies.statuses[200] !== latencies.count)
        throw new Error(`${reads.name} was answered ${JSON.stringify(latencies.statuses)}`);
      seen[way].push(latencies);
      await sleep(SETTLE_MS);
    }
  return rows(reads, { saturation, statements, perSecond, seen });
}

type Found = {
  readonly saturation: Record<keyof Pair, number>;
  readonly statements: Record<keyof Pair, number>;
  readonly perSecond: number;
  readonly seen: Record<keyof Pair, Latencies[]>;
};

function rows({ name }: Reads, { saturation, statements, perSecond, seen }: Found): Row[] {
  const toKnow = { goal: '', isMet: null };
  return (['uncached', 'cached'] as const).flatMap((way) => [
    {
      path: `${name}, ${way}, ${perSecond} arrivals a second`,
      figure: summarised(seen[way]),
      ...toKnow,
    },
    {
      path: `${name}, ${way}, as many as it can`,
      figure: `${saturation[way].toFixed(0)} answers a second, ${statements[way].toFixed(2)} statements each`,
      ...toKnow,
    },
  ]);
}

function summarised(rounds: readonly Latencies[]): string {
  const of = (pick: (latencies: Latencies) => number) => median(rounds.map(pick)).toFixed(2);
  const unsteady = areSteady(rounds.map(({ p50Ms }) => p50Ms))
    ? ''
    : ' (its rounds differ by more than a third)';
  return `p50 ${of(({ p50Ms }) => p50Ms)} ms, p99 ${of(({ p99Ms }) => p99Ms)} ms${unsteady}`;
}
