import { mapInBatches } from '@frontrow/tests/support/map-in-batches.ts';
import { expectOk } from '@frontrow/tests/support/operator.ts';
import type { Stage } from './stage.ts';
import type { Costs } from './walls.ts';

const FANS = 2_000;
const POLLS_EACH = 3;
const BUYERS = 400;
/** The first requests of a process cost several times as much. */
const ROUNDS = ['warm-up', 'measured'];
const PRICE = 100;

export type Measured = { readonly costs: Costs; readonly salesPerSecond: number };

/** Measures on this machine what a join, a poll and a sale cost, in about twenty seconds. */
export async function measureCosts(stage: Stage): Promise<Measured> {
  let measured: Measured | null = null;
  for (const round of ROUNDS) measured = await measureRound(stage, round);
  return measured!;
}

async function measureRound(stage: Stage, round: string): Promise<Measured> {
  const { concertId } = await stage.operator.openSale({ policy: { admission: { state: 'PAUSED' } } });
  const waiting = Array.from({ length: FANS }, (_, n) => stage.fan(`${round}-fan-${n}`));
  const join = await cpuOfEach(stage, waiting, async (fan) => void expectOk(await fan.join(concertId)));
  const polling = Array.from({ length: POLLS_EACH }, () => waiting).flat();
  const poll = await cpuOfEach(stage, polling, async (fan) => void expectOk(await fan.status()));
  const { sale, salesPerSecond } = await measureSales(stage, round);
  return {
    costs: {
      http: { join: join.http, poll: poll.http, sale: sale.http },
      redis: { join: join.redis, sale: sale.redis },
    },
    salesPerSecond,
  };
}

async function measureSales(stage: Stage, round: string) {
  const admission = { batchSize: BUYERS, intervalMs: 1_000 };
  const { concertId, eventId } = await stage.operator.openSale({
    seatCount: BUYERS,
    price: PRICE,
    policy: { admission },
  });
  const buyers = Array.from({ length: BUYERS }, (_, n) => stage.fan(`${round}-buyer-${n}`));
  await mapInBatches(buyers, (fan) => fan.join(concertId));
  await stage.untilActive(buyers);
  const startedAt = performance.now();
  const sale = await cpuOfEach(stage, buyers, async (fan) => {
    expectOk(await fan.charge(PRICE));
    expectOk(await fan.seatStates(eventId));
    const { id } = expectOk(await fan.holdBest(eventId, { count: 1 }));
    expectOk(await fan.pay(id));
  });
  return { sale, salesPerSecond: BUYERS / ((performance.now() - startedAt) / 1_000) };
}

/** The CPU time of the HTTP processes and of Redis for each of the items, in µs. */
async function cpuOfEach<Item>(
  { installation }: Stage,
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<{ readonly http: number; readonly redis: number }> {
  const before = await installation.cpuSeconds();
  await mapInBatches(items, act);
  const after = await installation.cpuSeconds();
  const micros = (of: 'http' | 'redis') => ((after[of] - before[of]) * 1_000_000) / items.length;
  return { http: micros('http'), redis: micros('redis') };
}
