import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { newUserIds } from '../data/fan-credentials.ts';
import { checkOutBuild } from '../harness/older-build.ts';
import type { Row } from '../harness/result-table.ts';
import { areSteady, median } from '../harness/statistics.ts';
import type { Testbed } from '../harness/testbed.ts';
import { assertInvariants, assertSold } from './checkout-audit.ts';
import { type Purchase, type SalesRun, openFans } from './fan-sales.ts';
import { type Sale, openSale, seatAt } from './funded-sale.ts';

/** The last commit before holds and payments shared transactions, and its measured process. */
const BASELINE = {
  commit: '8b953cb8472960071ab3ed188befcb12e342c392',
  entry: 'bench/server/serve-with-baselines.ts',
};
const BASELINE_NAME = `commit ${BASELINE.commit.slice(0, 7)}, before groups`;

const HALL_SIZE = 50;
const ROUNDS = { warmUp: 2, measured: 5 };
/** From the TigerFans challenge, which sells places without seat numbers. */
const TIGERFANS_PER_SECOND = 977;

type Build = { readonly name: string; readonly prefix: string; readonly entry?: string };
type Cost = Pick<SalesRun, 'holdMs' | 'unavailable'> & {
  readonly saleMicros: number;
  readonly mysqlCpuMicros: number;
};
type Load = { readonly users: number; readonly fansPerRound: number };

const unavailableIn = (costs: readonly Cost[]) => costs.reduce((sum, cost) => sum + cost.unavailable, 0);
const p50 = (costs: readonly Cost[]) => median(costs.flatMap(({ holdMs }) => holdMs));

/** One user who buys alone, against the build before groups. */
export async function measureIdleSales(testbed: Testbed, db: Connection): Promise<readonly Row[]> {
  const [now, before] = await compareBuilds(testbed, db, { users: 1, fansPerRound: 100 });
  const ratio = p50(now) / p50(before);
  const beforeByRound = before.map(({ holdMs }) => median(holdMs));
  return [
    {
      path: 'hold on an idle system, p50',
      figure: `${p50(now).toFixed(2)} ms against ${p50(before).toFixed(2)} ms of ${BASELINE_NAME}`,
      goal: '≤ 1 ×',
      isMet: areSteady(beforeByRound) ? ratio <= 1 : null,
    },
  ];
}

/** Whole sales: charge, hold and payment over HTTP, against the build before groups. */
export async function measureWholeSales(testbed: Testbed, db: Connection): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const users of [64, 256]) {
    const [now, before] = await compareBuilds(testbed, db, { users, fansPerRound: 1_000 });
    const elapsed = before.map(({ saleMicros }) => saleMicros);
    const ratioOf = (fact: 'saleMicros' | 'mysqlCpuMicros') =>
      median(now.map((cost, round) => before[round]![fact] / cost[fact]));
    const [faster, cheaper] = [ratioOf('saleMicros'), ratioOf('mysqlCpuMicros')];
    const micros = (costs: readonly Cost[], fact: 'saleMicros' | 'mysqlCpuMicros') =>
      median(costs.map((cost) => cost[fact]));
    const path = `whole sale (charge, hold, pay), ${users} users`;
    rows.push(
      {
        path,
        figure:
          `${(1e6 / micros(now, 'saleMicros')).toFixed(0)} sales per second, ${faster.toFixed(2)} × ${BASELINE_NAME}; ` +
          `${unavailableIn(now)} and ${unavailableIn(before)} answers 503; ` +
          `the TigerFans challenge has ${TIGERFANS_PER_SECOND} without seats`,
        goal: '≥ 2.5 ×',
        isMet: areSteady(elapsed) ? faster >= 2.5 : null,
      },
      {
        path: `MySQL CPU of a sold seat, ${users} users`,
        figure:
          `${micros(now, 'mysqlCpuMicros').toFixed(0)} against ${micros(before, 'mysqlCpuMicros').toFixed(0)} µs, ` +
          `${(1 / cheaper).toFixed(2)} ×`,
        goal: '≤ 0.33 ×',
        isMet: areSteady(elapsed) ? cheaper >= 3 : null,
      },
    );
  }
  return rows;
}

const CROWD = { fans: 5_000, seatsEach: 2 };

/** Five thousand fans who buy ten thousand seats at the same moment. */
export async function measureCrowd(testbed: Testbed, db: Connection): Promise<readonly Row[]> {
  const { fans: count, seatsEach } = CROWD;
  const server = await testbed.startServer();
  const sale = await openSale(testbed, count * seatsEach, HALL_SIZE);
  const fans = await openFans(server.port, count);
  const purchases = await admit(fans, sale, { count, seatsEach });
  const mysqlBefore = testbed.mysqlCpuMicros();
  const { elapsedMs, saleMs, unavailable } = await fans.buy(purchases);
  const mysqlMicros = testbed.mysqlCpuMicros() - mysqlBefore;
  fans.close();
  await server.stop();
  await assertSold(db, sale, count * seatsEach, seatsEach);
  await assertInvariants(testbed.mysqlUrl);
  const sorted = saleMs.toSorted((a, b) => a - b);
  const quantile = (share: number) => `${(sorted[Math.ceil(share * count) - 1]! / 1_000).toFixed(2)} s`;
  return [
    {
      path: `${count * seatsEach} seats sold and paid by ${count} fans at once`,
      figure:
        `${(elapsedMs / 1_000).toFixed(1)} s; a sale p50 ${quantile(0.5)}, p99 ${quantile(0.99)}; ` +
        `${unavailable} answers 503; MySQL CPU ${(mysqlMicros / count / seatsEach).toFixed(0)} µs a seat`,
      goal: '',
      isMet: null,
    },
  ];
}

/** The costs of this build and of the one before groups, round by round. */
async function compareBuilds(
  testbed: Testbed,
  db: Connection,
  load: Load,
): Promise<readonly [now: readonly Cost[], before: readonly Cost[]]> {
  const older = await checkOutBuild(BASELINE.commit);
  try {
    const builds: readonly Build[] = [
      { name: 'now', prefix: 'bench-now' },
      { name: 'before', prefix: 'bench-before', entry: join(older.folder, BASELINE.entry) },
    ];
    const sellers = [];
    for (const build of builds) sellers.push(await openSeller(testbed, build, load));
    const costs: Cost[][] = builds.map(() => []);
    for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1) {
      for (const [index, seller] of sellers.entries()) {
        const cost = await seller.sell(round);
        if (round >= ROUNDS.warmUp) costs[index]!.push(cost);
      }
    }
    const seats = (ROUNDS.warmUp + ROUNDS.measured) * load.fansPerRound;
    for (const seller of sellers) {
      await seller.close();
      await assertSold(db, seller.sale, seats);
    }
    await assertInvariants(testbed.mysqlUrl);
    return [costs[0]!, costs[1]!];
  } finally {
    await older.remove();
  }
}

/** A server of the build, and a sale whose fans it has admitted. Its Redis keys are its own, so their form may differ. */
async function openSeller(testbed: Testbed, { prefix, entry }: Build, { users, fansPerRound }: Load) {
  const server = await testbed.startServer({ REDIS_KEY_PREFIX: `${prefix}-${users}` }, entry);
  const count = (ROUNDS.warmUp + ROUNDS.measured) * fansPerRound;
  const sale = await openSale(testbed, count, HALL_SIZE);
  const fans = await openFans(server.port, users);
  const purchases = await admit(fans, sale, { count, seatsEach: 1 });
  return {
    sale,
    async sell(round: number): Promise<Cost> {
      const before = testbed.mysqlCpuMicros();
      const run = await fans.buy(purchases.slice(round * fansPerRound, (round + 1) * fansPerRound));
      return {
        holdMs: run.holdMs,
        unavailable: run.unavailable,
        saleMicros: (run.elapsedMs * 1_000) / fansPerRound,
        mysqlCpuMicros: (testbed.mysqlCpuMicros() - before) / fansPerRound,
      };
    },
    async close() {
      fans.close();
      await server.stop();
    },
  };
}

/** New fans, admitted by the server under test; fan n buys the n-th `seatsEach` seats of the sale. */
async function admit(
  fans: Awaited<ReturnType<typeof openFans>>,
  sale: Sale,
  { count, seatsEach }: { readonly count: number; readonly seatsEach: number },
): Promise<readonly Purchase[]> {
  const userIds = newUserIds(count);
  const tokens = await fans.join(sale.concertId, userIds);
  return userIds.map((userId, index) => {
    const { eventId, seat } = seatAt(sale, index * seatsEach);
    const seatNumbers = Array.from({ length: seatsEach }, (_, n) => seat + n);
    return { userId, queueToken: tokens.get(userId)!, eventId, seatNumbers };
  });
}
