import { type Cost, compare, isSteady, median, ratioTo } from '../harness/compare.ts';
import { openGenerator } from '../harness/generator.ts';
import { describeMachine } from '../harness/machine.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import { micros, ratioRow } from '../harness/ratio-row.ts';
import { type Row, printTable } from '../harness/report.ts';
import { type World, openWorld } from '../harness/world.ts';
import { measureFanOut } from './fan-out.ts';
import { openConcert } from '../data/on-sale.ts';
import { type FullRoom, fillRoom } from './full-room.ts';
import { measureAdmission, measureMemory } from './inside-redis.ts';
import { joinContenders, pollContenders } from './requests.ts';

const CONNECTIONS = 64;
const ROUNDS = { warmUp: 5, measured: 7 };
const SMALL = 1_000;
const LARGE = 1_000_000;
const CROWD = 100_000;
const STREAMS = 10_000;

/** What polling, joining and admitting cost: `pnpm bench waiting-room`. About four minutes. */
export async function benchWaitingRoom(): Promise<void> {
  const world = await openWorld();
  try {
    console.log(describeMachine(world.cores, world.services).join('\n'));
    const large = await fill(world, LARGE);
    const rows = [...(await measureMemory(world, large)), ...(await measureAdmission(world, large))];
    const server = await world.startServer();
    rows.push(...(await polls(world, server, large)), ...(await joins(world, server)));
    rows.push(...(await streams(world)));
    console.log();
    printTable(rows);
  } finally {
    await world.close();
  }
}

async function fill(world: World, size: number): Promise<FullRoom> {
  const concertId = await openConcert(world);
  const startedAt = performance.now();
  const room = await fillRoom(world, concertId, size);
  // Open, so that polls carry an estimate; nobody is let in, because no worker runs.
  await world.application.changePolicy({ concertId, admission: { state: 'RUNNING' }, hold: {} });
  console.log(`${size} joined in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return room;
}

async function polls(world: World, server: MeasuredServer, large: FullRoom): Promise<readonly Row[]> {
  const generator = await openGenerator(server.port, CONNECTIONS);
  const crowd = await fill(world, CROWD);
  const small = await fill(world, SMALL);
  const [cold] = await compare(server, generator, [pollContenders(crowd).poll], { warmUp: 0, measured: 1 });
  const { bare, guarded, poll } = pollContenders(crowd);
  const [b, g, p] = (await compare(server, generator, [bare, guarded, poll], ROUNDS)) as [Cost, Cost, Cost];
  // The same number of tickets of both rooms, so that nothing but the length of the line differs.
  const few = pollContenders({ ...large, waiters: large.waiters.slice(-SMALL) }).poll;
  const [inLarge, inSmall] = (await compare(
    server,
    generator,
    [few, pollContenders(small).poll].map((each) => ({ ...each, slice: () => repeat(each.slice(0), 20) })),
    ROUNDS,
  )) as [Cost, Cost];
  generator.close();
  return [
    ratioRow('status poll, warm', p, { baseline: b, name: 'bare', goal: 0.85 }),
    ratioRow('status poll, warm', p, { baseline: g, name: 'guarded', goal: null }),
    { path: 'status poll, cold', figure: micros(cold!), goal: '', isMet: null },
    {
      path: 'poll with 1,000,000 waiting against 1,000',
      figure: `${(1 / ratioTo(inSmall, inLarge)).toFixed(2)} × (${micros(inLarge)} against ${micros(inSmall)})`,
      goal: '≤ 1.1 ×',
      isMet: isSteady(inSmall) ? 1 / ratioTo(inSmall, inLarge) <= 1.1 : null,
    },
  ];
}

async function joins(world: World, server: MeasuredServer): Promise<readonly Row[]> {
  const { concertId } = await fill(world, SMALL);
  const generator = await openGenerator(server.port, CONNECTIONS);
  const { bare, guarded, guardedAgain, join, again } = joinContenders(
    concertId,
    ROUNDS.warmUp + ROUNDS.measured,
  );
  const contenders = [bare, guarded, guardedAgain, join, again];
  const costs = await compare(server, generator, contenders, ROUNDS);
  const [b, g, ga, j, a] = costs as [Cost, Cost, Cost, Cost, Cost];
  generator.close();
  const { waiting } = await world.ports.waitingRoom.statistics(concertId);
  const joined = (ROUNDS.warmUp + ROUNDS.measured) * join.slice(0).length;
  if (waiting !== SMALL + joined) throw new Error(`${waiting} wait after ${joined} joins`);
  return [
    ratioRow('join, new user', j, { baseline: b, name: 'bare', goal: 0.4 }),
    ratioRow('join, new user', j, { baseline: g, name: 'guarded', goal: 0.6 }),
    ratioRow('join, repeated', a, { baseline: b, name: 'bare', goal: 0.4 }),
    ratioRow('join, repeated', a, { baseline: ga, name: 'guarded', goal: 0.6 }),
  ];
}

async function streams(world: World): Promise<readonly Row[]> {
  const room = await fill(world, STREAMS + 100);
  const server = await world.startServer();
  const told = await measureFanOut(world, server, room, { streams: STREAMS, updates: 5 });
  const cpu = median(told.cpuSecondsPerUpdate);
  return [
    {
      path: 'one update to 10,000 streams',
      figure: `${cpu.toFixed(2)} s CPU, ${(told.rssBytesPerStream / 1024).toFixed(0)} KiB RSS a stream`,
      goal: '< 1 s CPU',
      isMet: cpu < 1,
    },
  ];
}

function repeat<T>(list: readonly T[], times: number): readonly T[] {
  return Array.from({ length: times }, () => list).flat();
}
