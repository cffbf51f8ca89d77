import { createConnection } from 'mysql2/promise';
import { assertDurable, assertInvariants, assertSold } from '../checkout/checkout-audit.ts';
import { openFundedSale } from '../checkout/funded-sale.ts';
import { areSteady, median } from '../harness/statistics.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { type Testbed, openTestbed } from '../harness/testbed.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import { fillRoom } from '../waiting-room/full-room.ts';
import { SEATS_PER_ROUND, sellContendedSeats } from './sale-work.ts';
import {
  type ProcessGroup,
  type GroupCost,
  compareGroups,
  growth,
  openProcessGroup,
} from './process-groups.ts';
import { assertOneWaitingLine, joinNewUsers, pollEveryTicket } from './queue-work.ts';
import { measureAdmission } from './admission-by-workers.ts';

const SIZES = [1, 2, 4];
const PLAN = { warmUpRounds: 6, rounds: 7 };
const WAITERS = 10_000;
const GROWTH_MAX = 1.25;

/**
 * `pnpm bench scale`: the same work by one, two and four HTTP processes, and admission by one and two workers. About three
 * minutes. All processes share one core; the measure is the CPU time of a whole group.
 */
export async function benchScale(): Promise<void> {
  const testbed = await openTestbed({ durable: true });
  const db = await createConnection({ uri: testbed.mysqlUrl, timezone: 'Z' });
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    await assertDurable(db);
    const rows = [await measureAdmission(testbed, 1), await measureAdmission(testbed, 2)];
    const groups: ProcessGroup[] = [];
    for (const size of SIZES) groups.push(await openProcessGroup(testbed, size));
    console.log(await assertOneWaitingLine(testbed, groups.at(-1)!.servers));
    rows.push(...(await measureQueue(testbed, groups)));

    const roundCount = SIZES.reduce((sum, size) => sum + PLAN.warmUpRounds * size + PLAN.rounds, 0);
    const sale = await openFundedSale(testbed, db, 2 * SEATS_PER_ROUND * roundCount);
    const sold = await compareGroups(groups, sellContendedSeats(db, sale), PLAN);
    await assertSold(db, sale, roundCount * SEATS_PER_ROUND);
    await assertInvariants(testbed.mysqlUrl);
    console.log(
      `${roundCount * SEATS_PER_ROUND} seats, two fans for each, every seat sold once and paid once; audited\n`,
    );
    groups.forEach((group) => group.close());
    printTable([...rows, ...rowsOf('one sold seat (two holds, one payment)', sold)]);
  } finally {
    await db.end();
    await testbed.close();
  }
}

async function measureQueue(testbed: Testbed, groups: readonly ProcessGroup[]): Promise<readonly Row[]> {
  const concertId = await createBenchmarkSale(testbed);
  const room = await fillRoom(testbed, concertId, WAITERS);
  const polls = await compareGroups(groups, pollEveryTicket(room), PLAN);
  const joins = await compareGroups(groups, joinNewUsers(concertId), PLAN);
  return [...rowsOf('poll', polls), ...rowsOf('join, new user', joins)];
}

function rowsOf(path: string, costs: readonly GroupCost[]): readonly Row[] {
  const [one, ...others] = costs as [GroupCost, ...GroupCost[]];
  return [
    { path: `${path}, 1 process`, figure: describeCost(one), goal: '', isMet: null },
    ...others.map((several) => {
      const factor = growth(one, several);
      return {
        path: `${path}, ${several.size} processes`,
        figure: `${describeCost(several)}: ${factor.toFixed(2)} × the CPU of one`,
        goal: `≤ ${GROWTH_MAX} ×`,
        isMet: areSteady(one.cpuMicros) ? factor <= GROWTH_MAX : null,
      };
    }),
  ];
}

function describeCost({ cpuMicros, perSecond }: GroupCost): string {
  return `${median(cpuMicros).toFixed(0)} µs CPU, ${median(perSecond).toFixed(0)}/s`;
}
