import { sql } from 'kysely';
import { loadConcerts } from '../data/load-concerts.ts';
import { countSales, loadSales, saleIdAt, stadiumId } from '../data/load-sales.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { printColumns } from '../harness/result-table.ts';
import { median } from '../harness/statistics.ts';
import { type TimedMysql, logDuration, openTimedMysql } from '../indexes/loaded-mysql.ts';
import { createQueryPlans } from '../indexes/query-plans.ts';
import type { StatementCost } from '../indexes/statement-timer.ts';
import { type OrganiserRead, organiserReads } from './organiser-reads.ts';

const SIZE = { concerts: 100, datesPerConcert: 300, concertWithSales: 13, datesWithSales: 80 };
const BUFFER_POOL_MB = 2_048;
const ROUNDS = { warmUp: 1, measured: 5 };
const HOUR_MS = 3_600_000;
const MICROS_PER_MS = 1_000;

/**
 * `pnpm bench organiser`: what staff read, at a million reservations, of which a sold-out stadium has 200,000. Prints the CPU
 * time inside MySQL of all statements of a read, and the rows that they examine and return. Takes a GB of temporary data.
 */
export async function benchOrganiser(): Promise<void> {
  const mysql = await openTimedMysql(BUFFER_POOL_MB, async (url) => {
    await logDuration(`${SIZE.concerts * SIZE.datesPerConcert} dates`, () => loadConcerts(url, SIZE));
    await logDuration(`${countSales(SIZE)} reservations`, () => loadSales(url, SIZE));
  });
  try {
    const machine = describeMachine(null, { MySQL: mysql.version });
    console.log(machine.join('\n'));
    await cancelStadium(mysql);
    const buyer = await findBuyer(mysql);
    const withoutTotals = await measure(mysql, {
      name: 'ledger: opening sum without saved totals',
      send: ({ ledgerReads }) => ledgerReads.sumBefore(Date.now()),
    });
    await logDuration('saved totals of the ledger', () => saveTotals(mysql));
    const plans = createQueryPlans('organiser-');
    const lines = [['read', 'CPU', 'elapsed', 'rows examined', 'rows returned'], withoutTotals];
    for (const read of organiserReads(SIZE, buyer)) {
      lines.push(await measure(mysql, read));
      const sent = await mysql.record(() => read.send(mysql.ports));
      for (const query of sent.slice(0, 2)) await plans.explain(mysql.db, read.name, query);
    }
    printColumns(lines);
    console.log(`\nplans: ${await plans.save(machine)}`);
  } finally {
    await mysql.close();
  }
}

function toMs(micros: number): string {
  return `${(micros / MICROS_PER_MS).toFixed(1)} ms`;
}

async function measure({ timer, ports }: TimedMysql, { name, send }: OrganiserRead): Promise<string[]> {
  const rounds: (readonly StatementCost[])[] = [];
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1) {
    const costs = await timer.time('select', () => send(ports));
    if (round >= ROUNDS.warmUp) rounds.push(costs);
  }
  const total = (of: (cost: StatementCost) => number) =>
    median(rounds.map((costs) => costs.reduce((sum, cost) => sum + of(cost), 0)));
  return [
    name,
    toMs(total(({ cpuMicros }) => cpuMicros)),
    toMs(total(({ elapsedMicros }) => elapsedMicros)),
    total(({ rowsExamined }) => rowsExamined).toLocaleString('en'),
    total(({ rowsSent }) => rowsSent).toLocaleString('en'),
  ];
}

async function cancelStadium({ db }: TimedMysql): Promise<void> {
  await sql`insert into cancellation (concert_event_id, actor, reason, cancelled_at)
    values (${stadiumId(SIZE)}, 'staff', 'Ill', utc_date() - interval 3 day)`.execute(db);
}

async function findBuyer({ db }: TimedMysql): Promise<string> {
  const { user_id: userId } = await db
    .selectFrom('reservation')
    .select('user_id')
    .where('id', '=', saleIdAt(1_000))
    .executeTakeFirstOrThrow();
  return userId;
}

async function saveTotals({ ports }: TimedMysql): Promise<void> {
  while (await ports.ledgerTotals.saveNext(HOUR_MS));
}
