import { sql } from 'kysely';
import { isSteady } from '../harness/compare-workloads.ts';
import { median } from '../harness/statistics.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { eventIdAt } from '../data/load-concerts.ts';
import { type RoundCosts, compareStatements, costFactor } from './compare-statements.ts';
import { IS_FULL_SIZE, type LoadedMysql, openLoadedMysql } from './loaded-mysql.ts';
import { type QueryPlans, createQueryPlans } from './query-plans.ts';
import { measureBookableDates, measureFreeSeats } from './published-queries.ts';
import { addSeatIndexes, measureSeatWrites } from './availability-index.ts';
import { datePairs } from './date-queries.ts';
import type { StatementPair } from './statement-pair.ts';
import { seatPairs } from './seat-queries.ts';
import { sweepPairs } from './sweep-queries.ts';

const ROUNDS = { warmUp: 2, measured: 7 };
const FACTOR_MAX = 1.5;

/**
 * `pnpm bench indexes`: the service's queries at 2 million dates and 10 million seats, and the published queries with and
 * without their indexes. Takes about six minutes, 2 GB of temporary data and 2 GB of memory; BENCH_SIZE=small loads a
 * twentieth.
 */
export async function benchIndexes(): Promise<void> {
  const mysql = await openLoadedMysql();
  try {
    const machine = describeMachine(null, { MySQL: mysql.version });
    console.log(machine.join('\n'));
    const plans = createQueryPlans();
    const serviceRows = await measureServiceQueries(mysql, plans);
    console.log('\nCPU time inside MySQL, against a lookup of as many rows by primary key:');
    printTable(serviceRows);
    const dates = await measureBookableDates(mysql, plans);
    const space = await addSeatIndexes(mysql);
    const seats = await measureFreeSeats(mysql, plans);
    const writes = await measureSeatWrites(mysql);
    console.log(
      '\nThe published queries with and without their indexes, and what the index by availability costs:',
    );
    printTable([...dates, ...seats, ...space, ...writes]);
    if (IS_FULL_SIZE) console.log(`\nplans: ${await plans.save(machine)}`);
  } finally {
    await mysql.close();
  }
}

async function measureServiceQueries(mysql: LoadedMysql, plans: QueryPlans): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const pairs = [
    ...datePairs(mysql, await middleStart(mysql)),
    ...seatPairs(mysql),
    ...(await sweepPairs(mysql)),
  ];
  for (const pair of pairs) {
    const { name, subject, baseline, sends, indexes } = pair;
    const sent = await mysql.record(async () => subject.send(0));
    const statement = sent.find(({ sql: text }) => text.includes(subject.contains));
    if (statement === undefined) throw new Error(`${name} sent no statement with "${subject.contains}"`);
    await plans.add(mysql.db, name, statement, indexes);
    const costs = await compareStatements(mysql.timer, [subject, baseline], { ...ROUNDS, sends });
    rows.push(rowOf(pair, costs as [RoundCosts, RoundCosts]));
  }
  return rows;
}

function rowOf({ name, baselineName }: StatementPair, [subject, baseline]: [RoundCosts, RoundCosts]): Row {
  const factor = costFactor(baseline, subject);
  return {
    path: name,
    figure: `${factor.toFixed(2)} × ${baselineName} (${micros(subject)} against ${micros(baseline)})`,
    goal: `≤ ${FACTOR_MAX} ×`,
    isMet: isSteady(baseline) ? factor <= FACTOR_MAX : null,
  };
}

function micros({ cpuMicros }: RoundCosts): string {
  return `${median(cpuMicros).toFixed(0)} µs`;
}

/** The start of the middle date of every concert, in ms. */
async function middleStart({ db, size }: LoadedMysql): Promise<number> {
  const id = eventIdAt(0, Math.floor(size.datesPerConcert / 2), size);
  const { rows } = await sql<{
    starts_at: Date;
  }>`select starts_at from concert_event where id = ${id}`.execute(db);
  return rows[0]!.starts_at.getTime();
}
