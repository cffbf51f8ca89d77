import { randomBytes } from 'node:crypto';
import { adapterVariables } from '@frontrow/adapters/process/adapter-variables.ts';
import type { Connection } from 'mysql2/promise';
import { type ClosedLoop, openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';
import { type RawLoopProcess, startRawLoop } from './raw-loop-process.ts';
import { type Slice, holdRequests, payRequests } from './checkout-requests.ts';
import { type FundedSale, seatAt } from './funded-sale.ts';
import type { CheckoutFacts, Recording } from './recorded-checkout.ts';

/** MySQL connections of the service and of the raw loops: the service's default. */
export const POOL_SIZE = adapterVariables.MYSQL_POOL_SIZE.parse(undefined);
export const USERS = [64, 512];
export const GROUP_SIZE = 64;

type Operation = 'hold' | 'pay';
/** Cost of one operation, in µs. */
export type OperationCost = {
  readonly elapsedMicros: number;
  readonly cpuMicros: number;
  readonly mysqlCpuMicros: number;
};
/** Performs the holds or payments of a slice and reports their mean cost. */
type Contender = {
  readonly name: string;
  readonly sale: FundedSale;
  run(
    operation: Operation,
    slice: Slice,
  ): Promise<{ readonly elapsedMs: number; readonly cpuMicros: number }>;
};
/** The costs of an operation by contender, a list of rounds each. */
export type CheckoutCosts = Record<Operation, ReadonlyMap<string, readonly OperationCost[]>>;

export const nameOfService = (users: number) => `${users} users`;
export const ONE_BY_ONE = 'raw loop';
export const IN_GROUPS = `raw loop in groups of ${GROUP_SIZE}`;

type Comparison = {
  /** A sale for each contender. */
  readonly openSale: () => Promise<FundedSale>;
  readonly record: (sale: FundedSale) => Promise<Recording>;
  readonly slices: readonly Slice[];
  /** The number of first slices that are not measured. */
  readonly warmUps: number;
};

/** Alternates slices that the service sells, to each number of users, with slices on which the raw loops run. */
export async function compareCheckouts(
  testbed: Testbed,
  db: Connection,
  { openSale, record, slices, warmUps }: Comparison,
): Promise<{
  readonly costs: CheckoutCosts;
  readonly sales: readonly FundedSale[];
  readonly recording: Recording;
}> {
  const server = await testbed.startServer();
  const replayed = await openSale();
  const recording = await record(replayed);
  const raw = await startRawLoop({
    cores: testbed.cores,
    url: testbed.mysqlUrl,
    poolSize: POOL_SIZE,
    recording,
  });
  const closedLoops: ClosedLoop[] = [];
  try {
    const contenders = [rawLoop(testbed, raw, ONE_BY_ONE, replayed, 1)];
    contenders.push(rawLoop(testbed, raw, IN_GROUPS, await openSale(), GROUP_SIZE));
    for (const users of USERS) {
      // It sleeps while it waits, because MySQL runs on its core.
      const closedLoop = await openClosedLoop(server.port, users, { sleeps: true });
      closedLoops.push(closedLoop);
      contenders.push(
        service(db, server, closedLoop, { name: nameOfService(users), sale: await openSale() }),
      );
    }
    const costs = await measure(testbed, slices, warmUps, contenders);
    return { costs, sales: contenders.map(({ sale }) => sale), recording };
  } finally {
    for (const closedLoop of closedLoops) closedLoop.close();
    await raw.stop();
    await server.stop();
  }
}

async function measure(
  testbed: Testbed,
  slices: readonly Slice[],
  warmUps: number,
  contenders: readonly Contender[],
): Promise<CheckoutCosts> {
  const newCosts = () => new Map(contenders.map(({ name }) => [name, [] as OperationCost[]]));
  const costs = { hold: newCosts(), pay: newCosts() };
  for (const [round, slice] of slices.entries()) {
    const count = slice.to - slice.from;
    for (const operation of ['hold', 'pay'] as const) {
      for (const contender of contenders) {
        const before = testbed.mysqlCpuMicros();
        const { elapsedMs, cpuMicros } = await contender.run(operation, slice);
        const mysqlMicros = testbed.mysqlCpuMicros() - before;
        if (round < warmUps) continue;
        costs[operation].get(contender.name)!.push({
          elapsedMicros: (elapsedMs * 1_000) / count,
          cpuMicros: cpuMicros / count,
          mysqlCpuMicros: mysqlMicros / count,
        });
      }
    }
  }
  return costs;
}

function service(
  db: Connection,
  server: MeasuredServer,
  closedLoop: ClosedLoop,
  { name, sale }: Pick<Contender, 'name' | 'sale'>,
): Contender {
  return {
    name,
    sale,
    async run(operation, slice) {
      const requests = operation === 'hold' ? holdRequests(sale, slice) : await payRequests(db, sale, slice);
      const before = await server.usage();
      const { statuses, count, elapsedMs } = await closedLoop.fire(requests);
      const after = await server.usage();
      if (statuses[201] !== count) throw new Error(`answered ${JSON.stringify(statuses)} instead of 201`);
      return { elapsedMs, cpuMicros: after.cpuMicros - before.cpuMicros };
    },
  };
}

function rawLoop(
  testbed: Testbed,
  raw: RawLoopProcess,
  name: string,
  sale: FundedSale,
  groupSize: number,
): Contender {
  const facts = sale.fans.map((_, index) => newFacts(testbed, sale, index));
  const { concertId } = sale;
  return {
    name,
    sale,
    run: (operation, { from, to }) =>
      raw.run({ operation, groupSize, concertId, checkouts: facts.slice(from, to) }),
  };
}

function newFacts({ ports }: Testbed, sale: FundedSale, index: number): CheckoutFacts {
  const { userId, ticket } = sale.fans[index]!;
  const { eventId, seat: seatNumber } = seatAt(sale, index);
  const { sequence } = ticket;
  return {
    userId,
    eventId,
    sequence,
    seatNumber,
    reservationId: ports.ids.next(),
    paymentId: ports.ids.next(),
    entryId: ports.ids.next(),
    holdDigest: randomBytes(32),
    payDigest: randomBytes(32),
  };
}
