import { randomBytes } from 'node:crypto';
import { adapterVariables } from '@frontrow/adapters/process/adapter-variables.ts';
import type { Connection } from 'mysql2/promise';
import { type ClosedLoop, openClosedLoop } from '../harness/closed-loop.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';
import { type RawLoopProcess, startRawLoop } from './raw-loop-process.ts';
import { type Slice, holdRequests, payRequests } from './checkout-requests.ts';
import type { FundedSale } from './funded-sale.ts';
import type { CheckoutFacts, Recording } from './recorded-checkout.ts';

/** MySQL connections of the service and of the raw loop: the service's default. */
export const POOL_SIZE = adapterVariables.MYSQL_POOL_SIZE.parse(undefined);
export const USERS = 64;

/** Performs the holds or payments of a slice and reports their mean cost. */
type CheckoutDriver = Readonly<Record<'hold' | 'pay', (slice: Slice) => Promise<OperationCost>>>;
/** Cost of one operation, in µs. */
export type OperationCost = { readonly elapsedMicros: number; readonly cpuMicros: number };
export type CheckoutCosts = Record<
  'hold' | 'pay',
  { readonly service: OperationCost[]; readonly raw: OperationCost[] }
>;

type Sales = {
  readonly soldSale: FundedSale;
  readonly replayedSale: FundedSale;
  readonly recording: Recording;
  readonly slices: readonly Slice[];
  /** The number of first slices that are not measured. */
  readonly warmUps: number;
};

/** Alternates slices of the sale that the service sells and of the sale on which the raw loop replays the statements. */
export async function compareCheckouts(
  testbed: Testbed,
  db: Connection,
  sales: Sales,
): Promise<CheckoutCosts> {
  const { soldSale, replayedSale, recording, slices, warmUps } = sales;
  const server = await testbed.startServer();
  // It sleeps while it waits, because MySQL runs on its core.
  const closedLoop = await openClosedLoop(server.port, USERS, { sleeps: true });
  const options = { cores: testbed.cores, url: testbed.mysqlUrl, poolSize: POOL_SIZE, recording };
  const raw = await startRawLoop(options);
  try {
    const facts = replayedSale.fans.map((fan, index) => newFacts(testbed, fan, index + 1));
    return await measure(slices, warmUps, {
      service: serviceDriver(db, soldSale, server, closedLoop),
      raw: rawDriver(raw, facts),
    });
  } finally {
    closedLoop.close();
    await raw.stop();
  }
}

async function measure(
  slices: readonly Slice[],
  warmUps: number,
  { service, raw }: Record<'service' | 'raw', CheckoutDriver>,
): Promise<CheckoutCosts> {
  const costs: CheckoutCosts = { hold: { service: [], raw: [] }, pay: { service: [], raw: [] } };
  for (const [round, slice] of slices.entries()) {
    for (const operation of ['hold', 'pay'] as const) {
      const serviceCost = await service[operation](slice);
      const rawCost = await raw[operation](slice);
      if (round < warmUps) continue;
      costs[operation].service.push(serviceCost);
      costs[operation].raw.push(rawCost);
    }
  }
  return costs;
}

function serviceDriver(
  db: Connection,
  sale: FundedSale,
  server: MeasuredServer,
  closedLoop: ClosedLoop,
): CheckoutDriver {
  async function fire(requests: readonly Buffer[]): Promise<OperationCost> {
    const before = await server.usage();
    const { statuses, count, elapsedMs } = await closedLoop.fire(requests);
    const after = await server.usage();
    if (statuses[201] !== count) throw new Error(`answered ${JSON.stringify(statuses)} instead of 201`);
    return {
      elapsedMicros: (elapsedMs * 1_000) / count,
      cpuMicros: (after.cpuMicros - before.cpuMicros) / count,
    };
  }
  return {
    hold: (slice) => fire(holdRequests(sale, slice)),
    pay: async (slice) => fire(await payRequests(db, sale, slice)),
  };
}

function rawDriver(raw: RawLoopProcess, facts: readonly CheckoutFacts[]): CheckoutDriver {
  const run = async (operation: 'hold' | 'pay', { from, to }: Slice): Promise<OperationCost> => {
    const { elapsedMs, cpuMicros } = await raw.run(operation, facts.slice(from, to));
    return { elapsedMicros: (elapsedMs * 1_000) / (to - from), cpuMicros: cpuMicros / (to - from) };
  };
  return { hold: (slice) => run('hold', slice), pay: (slice) => run('pay', slice) };
}

function newFacts(
  { ports }: Testbed,
  { userId, ticket }: FundedSale['fans'][number],
  seatNumber: number,
): CheckoutFacts {
  const { sequence } = ticket;
  return {
    userId,
    sequence,
    seatNumber,
    reservationId: ports.ids.next(),
    paymentId: ports.ids.next(),
    entryId: ports.ids.next(),
    holdDigest: randomBytes(32),
    payDigest: randomBytes(32),
  };
}
