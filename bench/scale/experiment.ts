import { createConnection } from 'mysql2/promise';
import { assertDurable, assertInvariants } from '../checkout/audit.ts';
import { openSale } from '../checkout/sale.ts';
import { areSteady, median } from '../harness/compare.ts';
import { describeMachine } from '../harness/machine.ts';
import { type Row, printTable } from '../harness/report.ts';
import { type World, openWorld } from '../harness/world.ts';
import { openConcert } from '../data/on-sale.ts';
import { fillRoom } from '../waiting-room/full-room.ts';
import { SEATS_PER_TURN, assertSold, sellOnce } from './booking.ts';
import { type Group, type GroupCost, compareGroups, growth, openGroup } from './groups.ts';
import { assertOneLine, joinOnce, pollOnce } from './waiting.ts';
import { admitWith } from './workers.ts';

const SIZES = [1, 2, 4];
const PLAN = { warmUpTurns: 6, rounds: 7 };
const WAITERS = 10_000;
const GROWTH_MAX = 1.25;

/**
 * What changes when one, two or four HTTP processes share the work, and one or two workers: `pnpm bench scale`. About
 * three minutes. All processes share one core, so that what can grow is the CPU time that they use together.
 */
export async function benchScale(): Promise<void> {
  const world = await openWorld({ durable: true });
  const db = await createConnection({ uri: world.mysqlUrl, timezone: 'Z' });
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    await assertDurable(db);
    const rows = [await admitWith(world, 1), await admitWith(world, 2)];
    const groups: Group[] = [];
    for (const size of SIZES) groups.push(await openGroup(world, size));
    console.log(await assertOneLine(world, groups.at(-1)!.servers));
    rows.push(...(await waiting(world, groups)));

    const turns = SIZES.reduce((sum, size) => sum + PLAN.warmUpTurns * size + PLAN.rounds, 0);
    const sale = await openSale(world, db, 2 * SEATS_PER_TURN * turns);
    const sold = await compareGroups(groups, sellOnce(db, sale), PLAN);
    await assertSold(db, sale, turns * SEATS_PER_TURN);
    await assertInvariants(db);
    console.log(
      `${turns * SEATS_PER_TURN} seats, each wanted by two fans, sold once and paid once; audited\n`,
    );
    groups.forEach((group) => group.close());
    printTable([...rows, ...compared('a seat sold (two holds, one payment)', sold)]);
  } finally {
    await db.end();
    await world.close();
  }
}

async function waiting(world: World, groups: readonly Group[]): Promise<readonly Row[]> {
  const concertId = await openConcert(world);
  const room = await fillRoom(world, concertId, WAITERS);
  const polls = await compareGroups(groups, pollOnce(room), PLAN);
  const joins = await compareGroups(groups, joinOnce(concertId), PLAN);
  return [...compared('poll', polls), ...compared('join, new user', joins)];
}

function compared(path: string, costs: readonly GroupCost[]): readonly Row[] {
  const [one, ...others] = costs as [GroupCost, ...GroupCost[]];
  return [
    { path: `${path}, 1 process`, figure: told(one), goal: '', isMet: null },
    ...others.map((several) => {
      const factor = growth(one, several);
      return {
        path: `${path}, ${several.size} processes`,
        figure: `${told(several)}: ${factor.toFixed(2)} × the CPU of one`,
        goal: `≤ ${GROWTH_MAX} ×`,
        isMet: areSteady(one.cpuMicros) ? factor <= GROWTH_MAX : null,
      };
    }),
  ];
}

function told({ cpuMicros, perSecond }: GroupCost): string {
  return `${median(cpuMicros).toFixed(0)} µs CPU, ${median(perSecond).toFixed(0)}/s`;
}
