import { createConnection } from 'mysql2/promise';
import { areSteady, median } from '../harness/compare.ts';
import { describeMachine } from '../harness/machine.ts';
import { type Row, printTable } from '../harness/report.ts';
import { openWorld } from '../harness/world.ts';
import { assertDurable, assertInvariants, assertSoldOut } from './audit.ts';
import { type Cost, type Costs, POOL_SIZE, USERS, race } from './race.ts';
import type { Slice } from './requests.ts';
import { openSale } from './sale.ts';
import { recordCheckout } from './statements.ts';

const WARM_UP = { rounds: 2, seats: 1_000 };
const MEASURED = { rounds: 10, seats: 1_000 };

/** What a sale costs above its statements: `pnpm bench checkout`. About two minutes. */
export async function benchCheckout(): Promise<void> {
  const world = await openWorld({ durable: true });
  const db = await createConnection({ uri: world.mysqlUrl, timezone: 'Z' });
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    await assertDurable(db);
    const slices = [...slicesOf(0, WARM_UP), ...slicesOf(WARM_UP.rounds * WARM_UP.seats, MEASURED)];
    const seatCount = slices.at(-1)!.to;
    const [sold, replayed] = [await openSale(world, db, seatCount), await openSale(world, db, seatCount + 1)];
    const recording = await recordCheckout(world, replayed);
    const costs = await race(world, db, { sold, replayed, recording, slices, warmUps: WARM_UP.rounds });
    for (const sale of [sold, replayed]) await assertSoldOut(db, sale);
    await assertInvariants(db);
    console.log(
      `${seatCount} seats sold and paid by ${USERS} users at a time, and as many by the raw loop; ` +
        `${POOL_SIZE} connections each; audited: every seat sold once, every payment one debit, every balance its ledger\n` +
        `a hold sends ${recording.hold.length} statements, a payment ${recording.pay.length}\n`,
    );
    printTable([compared('hold', costs.hold, 0.75), compared('pay', costs.pay, 0.8)]);
  } finally {
    await db.end();
    await world.close();
  }
}

function slicesOf(from: number, { rounds, seats }: typeof MEASURED): Slice[] {
  return Array.from({ length: rounds }, (_, round) => ({
    from: from + round * seats,
    to: from + (round + 1) * seats,
  }));
}

function compared(path: string, { service, raw }: Costs['hold'], goal: number): Row {
  const ratios = service.map((ours, index) => raw[index]!.elapsedMicros / ours.elapsedMicros);
  const ratio = median(ratios);
  const elapsed = raw.map(({ elapsedMicros }) => elapsedMicros);
  return {
    path,
    figure:
      `${ratio.toFixed(2)} of the raw loop (${perSecond(service)} against ${perSecond(raw)} a second; ` +
      `CPU ${cpuOf(service)} against ${cpuOf(raw)} µs)`,
    goal: `≥ ${goal} of the raw loop`,
    isMet: areSteady(elapsed) ? ratio >= goal : null,
  };
}

function perSecond(costs: readonly Cost[]): string {
  return (1e6 / median(costs.map(({ elapsedMicros }) => elapsedMicros))).toFixed(0);
}

function cpuOf(costs: readonly Cost[]): string {
  return median(costs.map(({ cpuMicros }) => cpuMicros)).toFixed(0);
}
