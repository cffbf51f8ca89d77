import { migrate } from '@frontrow/adapters/mysql/schema/migrate.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { cpuMicrosOf } from '../../bench/harness/process-cpu.ts';
import { median } from '../../bench/harness/statistics.ts';
import { openRealEnvironment } from '../support/environments.ts';
import { unwrap } from '../support/results.ts';
import { type SaleFixture, createSaleFixture } from '../support/sale-fixture.ts';
import { type PrivateServer } from '../support/services/service.ts';
import { startPrivateMysql } from '../support/services/start-mysql.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { keyspacesWith } from './cluster/keyspaces.ts';
import { serversOf, startVitess, urlForFrontrow } from './cluster/start-vitess.ts';
import { writeSection } from './report/section.ts';

const ROUNDS = 3;
const CONCERTS = 12;
const SEATS = 20;
const AT_ONCE = 32;

type Engine = {
  readonly name: string;
  readonly fixture: SaleFixture;
  readPids(): Promise<readonly number[]>;
  stop(): Promise<void>;
};
type Round = { readonly salesPerSecond: number; readonly cpuMillisPerSale: number };

const engines: Engine[] = [];
beforeAll(async () => {
  engines.push(await openPlainMysql(), await openTwoShards(), await openFourShards());
});
afterAll(async () => {
  for (const { fixture, stop } of engines) {
    await fixture.close();
    await stop();
  }
});

async function openPlainMysql(): Promise<Engine> {
  const server = await startPrivateMysql({ durable: true, bufferPoolMb: 64 });
  const url = `${server.url}/frontrow`;
  await migrate(url);
  return engineOn(
    'plain MySQL',
    url,
    () => [server],
    () => server.stop(),
  );
}

async function openTwoShards(): Promise<Engine> {
  const vitess = await startVitess(keyspacesWith(['-']));
  const url = urlForFrontrow(vitess.vtgate);
  return engineOn(
    'Vitess, 2 shards',
    url,
    () => serversOf(vitess),
    () => vitess.stop(),
  );
}

async function openFourShards(): Promise<Engine> {
  const { controlUrl } = inject('vitess');
  const readPids = async () => (await (await fetch(`${controlUrl}/pids`)).json()) as number[];
  const fixture = createSaleFixture(await openRealEnvironment());
  return { name: 'Vitess, 4 shards', fixture, readPids, stop: async () => undefined };
}

async function engineOn(
  name: string,
  url: string,
  servers: () => readonly PrivateServer[],
  stop: () => Promise<void>,
): Promise<Engine> {
  const environment = await openRealEnvironment({ url, drop: async () => undefined });
  const readPids = async () => servers().map(({ pid }) => pid ?? -1);
  return { name, fixture: createSaleFixture(environment), readPids, stop };
}

/** Fans charge, hold a seat and pay for it, so many at once; they are in the room before the time runs. */
async function runRound({ fixture, readPids }: Engine): Promise<Round> {
  const { openSale, join, charge, createHold, pay } = fixture;
  const fans: (() => Promise<void>)[] = [];
  for (let concert = 0; concert < CONCERTS; concert += 1) {
    const sale = await openSale({ event: { seatCount: SEATS } });
    for (let seat = 1; seat <= SEATS; seat += 1) {
      const fan = await join(sale);
      fans.push(async () => {
        await charge(fan.userId, 1_000);
        const { reservation } = await createHold(sale, [seat], fan);
        unwrap(await pay(fan.userId, reservation.id));
      });
    }
  }
  const cpuBefore = await readCpuMicros(readPids);
  const startedAt = performance.now();
  await forEachAtOnce(AT_ONCE, fans, (buy) => buy());
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuMicros = (await readCpuMicros(readPids)) - cpuBefore;
  return { salesPerSecond: fans.length / seconds, cpuMillisPerSale: cpuMicros / 1_000 / fans.length };
}

async function readCpuMicros(readPids: Engine['readPids']): Promise<number> {
  return (await readPids()).reduce((sum, pid) => sum + cpuMicrosOf(pid), 0);
}

it('measures sales on plain MySQL and on 2 and 4 shards in turn', async () => {
  const rounds = new Map<Engine, Round[]>(engines.map((engine) => [engine, []]));
  for (const engine of engines) await runRound(engine); // fills caches
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [engine, done] of rounds) done.push(await runRound(engine));
  const [plain = []] = rounds.values();
  const rows = [...rounds].map(([{ name }, done]) => {
    const speeds = done.map(({ salesPerSecond }) => salesPerSecond);
    const ratios = done.map(({ salesPerSecond }, round) => salesPerSecond / plain[round]!.salesPerSecond);
    const cpu = median(done.map(({ cpuMillisPerSale }) => cpuMillisPerSale));
    return `| ${name} | ${median(speeds).toFixed(0)} | ${median(ratios).toFixed(2)} | ${cpu.toFixed(1)} ms |`;
  });
  await writeSection(
    '3-throughput',
    [
      '## Throughput',
      '',
      `${ROUNDS} rounds in turn of ${CONCERTS * SEATS} sales, each a charge, a hold and a payment, ${AT_ONCE} fans at once; medians. ` +
        'All shards, their replicas and the load share the cores of this machine, so the ratio says what a sale costs, not how ' +
        'many shards carry more. The CPU time is that of MySQL and Vitess together.',
      '',
      '| database | sales/s | ratio to plain MySQL | CPU for each sale |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  );
  expect(rows).toHaveLength(3);
});
