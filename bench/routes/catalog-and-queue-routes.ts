import { accessTokenOf, newUserIds, ticketOf } from '../data/fan-credentials.ts';
import { createConcertOnSale, createDateOnSale } from '../data/create-sale.ts';
import { type FullRoom, fillRoom } from '../waiting-room/full-room.ts';
import type { Testbed } from '../harness/testbed.ts';
import { CHEAP_SINGLE_USE_REQUESTS, type HotRoute, NEW_USERS } from './hot-route.ts';

const CONCERTS = 25;
const DATES = 10;
const WAITING = 10_000;
const CACHED = { bare: 0.7 };

/** What anybody may read, from a full first page of concerts and a concert of ten dates. */
export async function catalogRoutes(testbed: Testbed): Promise<readonly HotRoute[]> {
  let concertId = '';
  for (let index = 0; index < CONCERTS; index += 1) concertId = await createConcertOnSale(testbed);
  for (let index = 1; index < DATES; index += 1) await createDateOnSale(testbed, concertId);
  return [
    { ...read('list concerts', '/v1/concerts'), goals: CACHED },
    read('get concert', `/v1/concerts/${concertId}`),
    { ...read('list bookable dates', `/v1/concerts/${concertId}/events?bookable=true`), goals: CACHED },
  ];
}

/** Polls of ten thousand who wait, and joins behind them. */
export async function waitingRoutes(testbed: Testbed): Promise<readonly HotRoute[]> {
  const concertId = await createConcertOnSale(testbed);
  const { waiters }: FullRoom = await fillRoom(testbed, concertId, WAITING);
  // Open, so that polls carry an estimate; nobody is let in, because no worker runs.
  await testbed.application.changePolicy({ concertId, admission: { state: 'RUNNING' }, hold: {} });
  const tickets = waiters.map(({ userId, sequence, issuedAt }) =>
    ticketOf(concertId, userId, sequence, issuedAt),
  );
  const path = `/v1/concerts/${concertId}/queue-tokens`;
  const joinsOf = (count: number) =>
    newUserIds(count).map((userId) => ({
      path,
      headers: { Authorization: `Bearer ${accessTokenOf(userId)}` },
    }));
  const joins = joinsOf(CHEAP_SINGLE_USE_REQUESTS);
  const newUserRequests = joinsOf(NEW_USERS);
  const confirm = async () => {
    const { waiting } = await testbed.ports.waitingRoom.statistics(concertId);
    if (waiting !== WAITING + joins.length) throw new Error(`${waiting} wait after ${joins.length} joins`);
  };
  const goals = { bare: 0.4, guarded: 0.6 };
  const join = { method: 'POST', requests: joins, waitsForMysql: false, goals, confirm } as const;
  return [
    {
      name: 'poll',
      method: 'GET',
      status: 200,
      requests: tickets.map((ticket) => ({
        path: '/v1/queue-tokens/current',
        headers: { 'Queue-Token': ticket },
      })),
      isSingleUse: false,
      waitsForMysql: false,
      goals: { bare: 0.85 },
    },
    { ...join, name: 'join, new user', status: 201, isSingleUse: true, newUserRequests },
    { ...join, name: 'join, repeated', status: 200, isSingleUse: false },
  ];
}

function read(name: string, path: string): HotRoute {
  return {
    name,
    method: 'GET',
    status: 200,
    requests: [{ path, headers: {} }],
    isSingleUse: false,
    waitsForMysql: false,
  };
}
