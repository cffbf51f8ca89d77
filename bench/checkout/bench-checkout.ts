import { createConnection } from 'mysql2/promise';
import { areSteady, median } from '../harness/statistics.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import { type Row, printTable } from '../harness/result-table.ts';
import { openTestbed } from '../harness/testbed.ts';
import { assertDurable, assertInvariants, assertSoldOut } from './checkout-audit.ts';
import {
  type OperationCost,
  type CheckoutCosts,
  POOL_SIZE,
  USERS,
  compareCheckouts,
} from './compare-checkouts.ts';
import type { Slice } from './checkout-requests.ts';
import { openFundedSale } from './funded-sale.ts';
import { recordCheckout } from './recorded-checkout.ts';

const WARM_UP = { rounds: 2, seats: 1_000 };
const MEASURED = { rounds: 10, seats: 1_000 };

/** `pnpm bench checkout`: holds and payments against a loop that only sends their statements. About two minutes. */
export async function benchCheckout(): Promise<void> {
  const testbed = await openTestbed({ durable: true });
  const db = await createConnection({ uri: testbed.mysqlUrl, timezone: 'Z' });
  try {
    console.log(describeMachine(testbed.cores, testbed.services).join('\n'));
    await assertDurable(db);
    const slices = [...slicesOf(0, WARM_UP), ...slicesOf(WARM_UP.rounds * WARM_UP.seats, MEASURED)];
    const seatCount = slices.at(-1)!.to;
    const [soldSale, replayedSale] = [
      await openFundedSale(testbed, db, seatCount),
      await openFundedSale(testbed, db, seatCount + 1),
    ];
    const recording = await recordCheckout(testbed, replayedSale);
    const costs = await compareCheckouts(testbed, db, {
      soldSale,
      replayedSale,
      recording,
      slices,
      warmUps: WARM_UP.rounds,
    });
    for (const sale of [soldSale, replayedSale]) await assertSoldOut(db, sale);
    await assertInvariants(testbed.mysqlUrl);
    console.log(
      `${seatCount} seats sold and paid by ${USERS} concurrent users, and as many by the raw loop; ` +
        `${POOL_SIZE} connections each; audited: every seat sold once, every payment has one debit, every balance equals its ledger\n` +
        `a hold sends ${recording.hold.length} statements, a payment ${recording.pay.length}\n`,
    );
    printTable([ratioToRawLoop('hold', costs.hold, 0.75), ratioToRawLoop('pay', costs.pay, 0.8)]);
  } finally {
    await db.end();
    await testbed.close();
  }
}

function slicesOf(from: number, { rounds, seats }: typeof MEASURED): Slice[] {
  return Array.from({ length: rounds }, (_, round) => ({
    from: from + round * seats,
    to: from + (round + 1) * seats,
  }));
}

function ratioToRawLoop(path: string, { service, raw }: CheckoutCosts['hold'], goal: number): Row {
  const ratios = service.map(({ elapsedMicros }, round) => raw[round]!.elapsedMicros / elapsedMicros);
  const ratio = median(ratios);
  const elapsed = raw.map(({ elapsedMicros }) => elapsedMicros);
  return {
    path,
    figure:
      `${ratio.toFixed(2)} of the raw loop (${perSecond(service)} against ${perSecond(raw)} per second; ` +
      `CPU ${medianCpu(service)} against ${medianCpu(raw)} µs)`,
    goal: `≥ ${goal} of the raw loop`,
    isMet: areSteady(elapsed) ? ratio >= goal : null,
  };
}

function perSecond(costs: readonly OperationCost[]): string {
  return (1e6 / median(costs.map(({ elapsedMicros }) => elapsedMicros))).toFixed(0);
}

function medianCpu(costs: readonly OperationCost[]): string {
  return median(costs.map(({ cpuMicros }) => cpuMicros)).toFixed(0);
}
