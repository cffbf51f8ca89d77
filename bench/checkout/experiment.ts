import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { areSteady, median } from '../harness/compare.ts';
import { type Generator, openGenerator } from '../harness/generator.ts';
import { describeMachine } from '../harness/machine.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { type Row, printTable } from '../harness/report.ts';
import { type World, openWorld } from '../harness/world.ts';
import { assertDurable, assertInvariants, assertSoldOut } from './audit.ts';
import { type RawDriver, startRawDriver } from './raw-driver.ts';
import { type Slice, holdRequests, payRequests } from './requests.ts';
import { type Sale, openSale } from './sale.ts';
import { type Facts, recordCheckout } from './statements.ts';

/** As the service has it by default. */
const POOL_SIZE = Number(process.env['BENCH_POOL'] ?? 10);
const USERS = Number(process.env['BENCH_USERS'] ?? 64);
const WARM_UP = { rounds: 2, seats: 1_000 };
const MEASURED = { rounds: Number(process.env['BENCH_ROUNDS'] ?? 10), seats: 1_000 };

type Contender = Readonly<Record<'hold' | 'pay', (slice: Slice) => Promise<Cost>>>;
/** Of one operation, in µs. */
type Cost = { readonly elapsedMicros: number; readonly cpuMicros: number };
type Costs = Record<'hold' | 'pay', { readonly service: Cost[]; readonly raw: Cost[] }>;

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
    const server = await world.startServer({ MYSQL_POOL_SIZE: String(POOL_SIZE) });
    const generator = await openGenerator(server.port, USERS, { sleeps: true }); // MySQL is on its core
    const options = { cores: world.cores, url: world.mysqlUrl, poolSize: POOL_SIZE, recording };
    const raw = await startRawDriver(options);
    const facts = replayed.fans.slice(0, seatCount).map((fan, index) => newFacts(world, fan, index + 1));
    const costs = await measure(slices, {
      service: serviceContender(db, sold, server, generator),
      raw: rawContender(raw, facts),
    });
    generator.close();
    await raw.stop();
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

async function measure(
  slices: readonly Slice[],
  { service, raw }: Record<'service' | 'raw', Contender>,
): Promise<Costs> {
  const costs: Costs = { hold: { service: [], raw: [] }, pay: { service: [], raw: [] } };
  for (const [round, slice] of slices.entries()) {
    for (const act of ['hold', 'pay'] as const) {
      const ours = await service[act](slice);
      const theirs = await raw[act](slice);
      if (process.env['BENCH_VERBOSE']) console.log(round, act, ours, theirs);
      if (round < WARM_UP.rounds) continue;
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
