import { type Contender, type Cost, compare } from '../harness/compare.ts';
import { countStatements } from '../harness/count-statements.ts';
import { type Generator, openGenerator, wireRequest } from '../harness/generator.ts';
import { describeMachine } from '../harness/machine.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/report.ts';
import { type World, openWorld } from '../harness/world.ts';
import { type Fan, addConcert, admitFans, openDate } from '../data/on-sale.ts';
import { keepHolding } from './keep-holding.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 4, measured: 7 };
const LISTS_PER_SLICE = 10_000;
const FANS = 1_000;
const BUYERS = 10;

/** What the list of the seats of one date costs a crowd: `pnpm bench seats`. About a minute. */
export async function benchSeats(): Promise<void> {
  const world = await openWorld();
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    const concertId = await addConcert(world);
    const eventId = await openDate(world, concertId);
    const fans = await admitFans(world, concertId, FANS);
    const buyers = await admitFans(world, concertId, BUYERS);
    const server = await world.startServer();
    const generator = await openGenerator(server.port, CONNECTIONS);
    const contenders = seatContenders(eventId, fans);
    const rows = await quiet(server, generator, contenders);
    rows.push(await statements(world, generator, contenders.seats));
    rows.push(...(await changing(world, server, generator, { contenders, eventId, buyers })));
    generator.close();
    console.log();
    printTable(rows);
  } finally {
    await world.close();
  }
}

type Contenders = Record<'bare' | 'text' | 'guarded' | 'seats', Contender>;

/** The same bytes to each, from fans who are inside. */
function seatContenders(eventId: string, fans: readonly Fan[]): Contenders {
  const contender = (name: string, path: string): Contender => {
    const requests = fans.map(({ headers }) => wireRequest(`GET ${path}`, headers));
    const many = Array.from({ length: LISTS_PER_SLICE }, (_, index) => requests[index % requests.length]!);
    return { name, status: 200, slice: () => many };
  };
  return {
    bare: contender('bare', '/v1/bench/bare/seats'),
    text: contender('bare text', '/v1/bench/bare/seats-text'),
    guarded: contender('guarded', `/v1/bench/guarded/v1/events/${eventId}/seats`),
    seats: contender('seat list', `/v1/events/${eventId}/seats`),
  };
}

async function quiet(server: MeasuredServer, generator: Generator, contenders: Contenders): Promise<Row[]> {
  const { bare, text, guarded, seats } = contenders;
  const costs = await compare(server, generator, [bare, text, guarded, seats], ROUNDS);
  const [b, t, g, s] = costs as [Cost, Cost, Cost, Cost];
  assertSameSize(b, s);
  const path = `seat list, 50 seats, ${CONNECTIONS} connections`;
  return [
    ratioRow(path, s, { baseline: b, name: 'bare', goal: 0.5 }),
    ratioRow(path, s, { baseline: g, name: 'guarded', goal: 0.8 }),
    ratioRow(path, s, { baseline: t, name: 'bare with a text made before', goal: null }),
  ];
}

async function statements({ mysqlUrl }: World, generator: Generator, seats: Contender): Promise<Row> {
  const requests = seats.slice(0);
  const perAnswer = (await countStatements(mysqlUrl, () => generator.fire(requests))) / requests.length;
  if (perAnswer === 0) throw new Error('no seat was read');
  return {
    path: 'database statements per answer',
    figure: `${perAnswer.toFixed(3)} (${(1 / perAnswer).toFixed(0)} answers share a read)`,
    goal: '',
    isMet: null,
  };
}

type Change = {
  readonly contenders: Contenders;
  readonly eventId: string;
  readonly buyers: readonly Fan[];
};

/** While others hold seats and give them back, as many as the database takes from them beside. */
async function changing(
  world: World,
  server: MeasuredServer,
  generator: Generator,
  { contenders: { bare, guarded, seats }, eventId, buyers }: Change,
): Promise<Row[]> {
  const holding = keepHolding(world, eventId, buyers);
  const startedAt = performance.now();
  const costs = await compare(server, generator, [bare, guarded, seats], { warmUp: 1, measured: 5 });
  const [b, g, s] = costs as [Cost, Cost, Cost];
  const changes = await holding.stop();
  const perSecond = (changes / (performance.now() - startedAt)) * 1_000;
  const path = `the same while seats change ${perSecond.toFixed(0)} × a second`;
  return [
    ratioRow(path, s, { baseline: b, name: 'bare', goal: null }),
    ratioRow(path, s, { baseline: g, name: 'guarded', goal: null }),
  ];
}
