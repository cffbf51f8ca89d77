import type { Connection } from 'mysql2/promise';
import type { Row } from '../harness/result-table.ts';
import { areSteady, median } from '../harness/statistics.ts';
import type { Testbed } from '../harness/testbed.ts';
import { assertInvariants, assertSold } from './checkout-audit.ts';
import {
  type CheckoutCosts,
  IN_GROUPS,
  ONE_BY_ONE,
  type OperationCost,
  USERS,
  compareCheckouts,
  nameOfService,
} from './compare-checkouts.ts';
import { openFundedSale } from './funded-sale.ts';
import { type Statement, recordCheckout } from './recorded-checkout.ts';

const HALL_SIZE = 50;
const SEATS_PER_ROUND = 1_000;
const [WARM_UPS, ROUNDS] = [2, 6];
const SEATS = (WARM_UPS + ROUNDS) * SEATS_PER_ROUND;

/** Goals of the service, as a part of a raw loop's rate. */
const GOALS = { hold: { 64: 2, 512: 3.5 }, pay: { 64: 2, 512: 3 } } as const;
const GROUPED_GOAL = 0.5;

/** Holds and payments over HTTP against loops that only send statements. */
export async function measureAgainstRawLoops(testbed: Testbed, db: Connection): Promise<readonly Row[]> {
  const slices = Array.from({ length: WARM_UPS + ROUNDS }, (_, round) => ({
    from: round * SEATS_PER_ROUND,
    to: (round + 1) * SEATS_PER_ROUND,
  }));
  const { costs, sales, recording } = await compareCheckouts(testbed, db, {
    // The last hall is for the recording, which takes its last seat.
    openSale: () => openFundedSale(testbed, db, SEATS + HALL_SIZE, HALL_SIZE),
    record: (sale) => recordCheckout(testbed, sale),
    slices,
    warmUps: WARM_UPS,
  });
  for (const [index, sale] of sales.entries()) await assertSold(db, sale, index === 0 ? SEATS + 1 : SEATS);
  await assertInvariants(testbed.mysqlUrl);
  return [
    ...(['hold', 'pay'] as const).flatMap((operation) =>
      USERS.flatMap((users) => rowsOf(costs, operation, users)),
    ),
    ...(['hold', 'pay'] as const).map((operation) => roundTripsOf(operation, recording[operation])),
  ];
}

function rowsOf(costs: CheckoutCosts, operation: 'hold' | 'pay', users: number): Row[] {
  const of = (name: string) => costs[operation].get(name)!;
  const goal = GOALS[operation][users as 64 | 512];
  const path = `${operation}, ${users} users, halls of ${HALL_SIZE}`;
  const ratios = [ratioRow(path, of(nameOfService(users)), of(ONE_BY_ONE), { name: ONE_BY_ONE, goal })];
  if (users === Math.max(...USERS))
    ratios.push(
      ratioRow(path, of(nameOfService(users)), of(IN_GROUPS), { name: IN_GROUPS, goal: GROUPED_GOAL }),
    );
  return ratios;
}

function ratioRow(
  path: string,
  service: readonly OperationCost[],
  raw: readonly OperationCost[],
  { name, goal }: { readonly name: string; readonly goal: number },
): Row {
  const elapsed = raw.map(({ elapsedMicros }) => elapsedMicros);
  const ratio = median(service.map(({ elapsedMicros }, round) => elapsed[round]! / elapsedMicros));
  return {
    path,
    figure:
      `${ratio.toFixed(2)} × the ${name} (${perSecond(service)} against ${perSecond(raw)} per second; ` +
      `CPU ${medianOf(service, 'cpuMicros')} against ${medianOf(raw, 'cpuMicros')} µs, ` +
      `of MySQL ${medianOf(service, 'mysqlCpuMicros')} against ${medianOf(raw, 'mysqlCpuMicros')} µs)`,
    goal: `≥ ${goal} ×`,
    isMet: areSteady(elapsed) ? ratio >= goal : null,
  };
}

function perSecond(costs: readonly OperationCost[]): string {
  return (1e6 / median(costs.map(({ elapsedMicros }) => elapsedMicros))).toFixed(0);
}

function medianOf(costs: readonly OperationCost[], fact: keyof OperationCost): string {
  return median(costs.map((cost) => cost[fact])).toFixed(0);
}

function roundTripsOf(operation: string, statements: readonly Statement[]): Row {
  const roundTrips = statements.filter(({ isDeferred }) => !isDeferred).length;
  const figure = `${statements.length} statements in ${roundTrips} round trips`;
  return { path: `${operation}, alone`, figure, goal: '', isMet: null };
}
