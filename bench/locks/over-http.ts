import type { Connection, RowDataPacket } from 'mysql2/promise';
import { openDate } from '../data/on-sale.ts';
import { type Cost, areSteady, compare, median } from '../harness/compare.ts';
import { type Generator, openGenerator } from '../harness/generator.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { assertSameSize, ratioRow } from '../harness/ratio-row.ts';
import type { Row } from '../harness/report.ts';
import type { World } from '../harness/world.ts';
import { type Sale, holdRequests, loserContenders, openSale } from './contenders.ts';
import { countHeld, readCounters } from './in-process.ts';

const CONTENDERS = 5_000;
const SEAT = 7;
const ROUNDS = { warmUp: 3, measured: 7 };
const CONNECTIONS = 64;

/** One seat and 5,000 fans who may have it, over HTTP: how long until all are answered, and what a loser costs. */
export async function measureOverHttp(world: World, db: Connection): Promise<readonly Row[]> {
  const sale = await openSale(world, CONTENDERS);
  const server = await world.startServer();
  return [
    ...(await contend(world, server, db, sale, CONTENDERS)),
    ...(await contend(world, server, db, sale, CONNECTIONS)),
    ...(await measureLosers(world, server, sale)),
  ];
}

type Race = { readonly ms: number; readonly guardedMs: number; readonly statementsPerLoser: number };

async function contend(
  world: World,
  server: MeasuredServer,
  db: Connection,
  sale: Sale,
  connections: number,
): Promise<readonly Row[]> {
  const generator = await openGenerator(server.port, connections);
  const races: Race[] = [];
  for (let round = 0; round < ROUNDS.warmUp + ROUNDS.measured; round += 1) {
    const race = await raceOnce(world, generator, db, sale);
    if (round >= ROUNDS.warmUp) races.push(race);
  }
  generator.close();
  const times = median(races.map(({ ms, guardedMs }) => ms / guardedMs));
  const ms = races.map((race) => race.ms);
  const guarded = races.map(({ guardedMs }) => guardedMs);
  const statements = Math.max(...races.map(({ statementsPerLoser }) => statementsPerLoser));
  const path =
    connections === CONTENDERS
      ? 'HTTP: 5,000 on one seat at once'
      : `HTTP: 5,000 on one seat over ${connections} connections`;
  const figure = `${times.toFixed(2)} × guarded (${median(ms).toFixed(0)} ms against ${median(guarded).toFixed(0)} ms)`;
  return [
    { path, figure, goal: '≤ 2 × guarded', isMet: areSteady(guarded) ? times <= 2 : null },
    {
      path,
      figure: `${statements.toFixed(3)} statements a loser, at most; none answered 503`,
      goal: '≤ 0.05',
      isMet: statements <= 0.05,
    },
  ];
}

/** The baseline, then the contenders: one has the seat, all others hear that it is gone. */
async function raceOnce(world: World, generator: Generator, db: Connection, sale: Sale): Promise<Race> {
  const eventId = await openDate(world, sale.concertId);
  const baseline = holdRequests(sale, eventId, SEAT, '/v1/bench/guarded/v1/reservations');
  const requests = holdRequests(sale, eventId, SEAT);
  const guarded = await generator.fire(baseline);
  if (guarded.statuses[200] !== CONTENDERS) throw new Error(JSON.stringify(guarded.statuses));
  const before = await readCounters(db);
  const { statuses, elapsedMs: ms } = await generator.fire(requests);
  const after = await readCounters(db);
  if (statuses[201] !== 1 || statuses[409] !== CONTENDERS - 1) throw new Error(JSON.stringify(statuses));
  if ((await countHeld(db, eventId)) !== 1) throw new Error('the seat is not held');
  // The winner may not hold twice in one concert: in the next round everybody is to be in the race.
  await db.query<RowDataPacket[]>('update reservation set live_hold = null where concert_event_id = ?', [
    eventId,
  ]);
  const statementsPerLoser = (after.questions - before.questions - 1) / (CONTENDERS - 1);
  return { ms, guardedMs: guarded.elapsedMs, statementsPerLoser };
}

/** The server's CPU time for a request that loses, against its baselines. */
export async function measureLosers(
  world: World,
  server: MeasuredServer,
  sale: Sale,
): Promise<readonly Row[]> {
  const generator = await openGenerator(server.port, CONNECTIONS);
  const eventId = await openDate(world, sale.concertId);
  const winner = await generator.fire(holdRequests(sale, eventId, SEAT).slice(0, 1));
  if (winner.statuses[201] !== 1) throw new Error('nobody has taken the seat');
  const losing = { ...sale, fans: sale.fans.slice(1) };
  const { bare, guarded, loser } = loserContenders(losing, eventId, SEAT);
  const costs = await compare(server, generator, [bare, guarded, loser], ROUNDS);
  generator.close();
  const [b, g, l] = costs as [Cost, Cost, Cost];
  assertSameSize(b, l);
  return [
    ratioRow('HTTP: a loser, CPU time', l, { baseline: b, name: 'bare', goal: 0.35 }),
    ratioRow('HTTP: a loser, CPU time', l, { baseline: g, name: 'guarded', goal: 0.75 }),
  ];
}
