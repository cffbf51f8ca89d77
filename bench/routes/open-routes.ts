import { accessTokenOf, newUserIds, ticketOf } from '../waiting-room/crowd.ts';
import { openConcert, openDate } from '../data/on-sale.ts';
import { type FullRoom, fillRoom } from '../waiting-room/full-room.ts';
import type { World } from '../harness/world.ts';
import { CHEAP_SPENT, type HotRoute, STRANGERS } from './hot-route.ts';

const CONCERTS = 25;
const DATES = 10;
const WAITING = 10_000;
const CACHED = { bare: 0.7 };

/** What anybody may read, from a full first page of concerts and a concert of ten dates. */
export async function catalogRoutes(world: World): Promise<readonly HotRoute[]> {
  let concertId = '';
  for (let index = 0; index < CONCERTS; index += 1) concertId = await openConcert(world);
  for (let index = 1; index < DATES; index += 1) await openDate(world, concertId);
  return [
    { ...read('list concerts', '/v1/concerts'), goals: CACHED },
    read('get concert', `/v1/concerts/${concertId}`),
    { ...read('list bookable dates', `/v1/concerts/${concertId}/events?bookable=true`), goals: CACHED },
  ];
}

/** Polls of ten thousand who wait, and joins behind them. */
export async function waitingRoutes(world: World): Promise<readonly HotRoute[]> {
  const concertId = await openConcert(world);
  const { waiters }: FullRoom = await fillRoom(world, concertId, WAITING);
  // Open, so that polls carry an estimate; nobody is let in, because no worker runs.
  await world.application.changePolicy({ concertId, admission: { state: 'RUNNING' }, hold: {} });
  const tickets = waiters.map(({ userId, sequence, issuedAt }) =>
    ticketOf(concertId, userId, sequence, issuedAt),
  );
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  const joinsOf = (count: number) =>
    newUserIds(count).map((userId) => ({
      path,
      headers: { Authorization: `Bearer ${accessTokenOf(userId)}` },
    }));
  const joins = joinsOf(CHEAP_SPENT);
  const strangers = joinsOf(STRANGERS);
  const confirm = async () => {
    const { waiting } = await world.ports.waitingRoom.statistics(concertId);
    if (waiting !== WAITING + joins.length) throw new Error(`${waiting} wait after ${joins.length} joins`);
  };
  const goals = { bare: 0.4, guarded: 0.6 };
  const join = { method: 'POST', asks: joins, asksMysql: false, goals, confirm } as const;
  return [
    {
      name: 'poll',
      method: 'GET',
      status: 200,
      asks: tickets.map((ticket) => ({
        path: '/v1/queue-tokens/current',
        headers: { 'Queue-Token': ticket },
      })),
      spends: false,
      asksMysql: false,
      goals: { bare: 0.85 },
    },
    { ...join, name: 'join, new user', status: 201, spends: true, strangers },
    { ...join, name: 'join, repeated', status: 200, spends: false },
  ];
}

function read(name: string, path: string): HotRoute {
  return { name, method: 'GET', status: 200, asks: [{ path, headers: {} }], spends: false, asksMysql: false };
}
