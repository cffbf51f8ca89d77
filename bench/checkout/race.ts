import { randomBytes } from 'node:crypto';
import { adapterVariables } from '@frontrow/adapters/process/environment.ts';
import type { Connection } from 'mysql2/promise';
import { type Generator, openGenerator } from '../harness/generator.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { World } from '../harness/world.ts';
import { type RawDriver, startRawDriver } from './raw-driver.ts';
import { type Slice, holdRequests, payRequests } from './requests.ts';
import type { Sale } from './sale.ts';
import type { Facts, Recording } from './statements.ts';

/** As the service has it by default: connections of either. */
export const POOL_SIZE = adapterVariables.MYSQL_POOL_SIZE.parse(undefined);
export const USERS = 64;

type Contender = Readonly<Record<'hold' | 'pay', (slice: Slice) => Promise<Cost>>>;
/** Of one operation, in µs. */
export type Cost = { readonly elapsedMicros: number; readonly cpuMicros: number };
export type Costs = Record<'hold' | 'pay', { readonly service: Cost[]; readonly raw: Cost[] }>;

type Sales = {
  readonly sold: Sale;
  readonly replayed: Sale;
  readonly recording: Recording;
  readonly slices: readonly Slice[];
  /** How many of the slices, the first, count for nothing. */
  readonly warmUps: number;
};

/** The service sells the one sale while the raw loop replays the recorded statements on the other, slice by slice. */
export async function race(world: World, db: Connection, sales: Sales): Promise<Costs> {
  const { sold, replayed, recording, slices, warmUps } = sales;
  const server = await world.startServer();
  // Asleep while it has nothing to do: MySQL works on its core.
  const generator = await openGenerator(server.port, USERS, { sleeps: true });
  const options = { cores: world.cores, url: world.mysqlUrl, poolSize: POOL_SIZE, recording };
  const raw = await startRawDriver(options);
  try {
    const facts = replayed.fans.map((fan, index) => newFacts(world, fan, index + 1));
    return await measure(slices, warmUps, {
      service: serviceContender(db, sold, server, generator),
      raw: rawContender(raw, facts),
    });
  } finally {
    generator.close();
    await raw.stop();
  }
}

async function measure(
  slices: readonly Slice[],
  warmUps: number,
  { service, raw }: Record<'service' | 'raw', Contender>,
): Promise<Costs> {
  const costs: Costs = { hold: { service: [], raw: [] }, pay: { service: [], raw: [] } };
  for (const [round, slice] of slices.entries()) {
    for (const act of ['hold', 'pay'] as const) {
      const ours = await service[act](slice);
      const theirs = await raw[act](slice);
      if (round < warmUps) continue;
      costs[act].service.push(ours);
      costs[act].raw.push(theirs);
    }
  }
  return costs;
}

function serviceContender(
  db: Connection,
  sale: Sale,
  server: MeasuredServer,
  generator: Generator,
): Contender {
  async function fire(requests: readonly Buffer[]): Promise<Cost> {
    const before = await server.usage();
    const { statuses, count, elapsedMs } = await generator.fire(requests);
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

function rawContender(raw: RawDriver, facts: readonly Facts[]): Contender {
  const run = async (act: 'hold' | 'pay', { from, to }: Slice): Promise<Cost> => {
    const { elapsedMs, cpuMicros } = await raw.run(act, facts.slice(from, to));
    return { elapsedMicros: (elapsedMs * 1_000) / (to - from), cpuMicros: cpuMicros / (to - from) };
  };
  return { hold: (slice) => run('hold', slice), pay: (slice) => run('pay', slice) };
}

function newFacts({ ports }: World, { userId, ticket }: Sale['fans'][number], seatNumber: number): Facts {
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
