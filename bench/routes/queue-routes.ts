import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import { accessTokenOf, newUserIds, ticketOf } from '../data/fan-credentials.ts';
import type { Testbed } from '../harness/testbed.ts';
import { type FullRoom, fillRoom } from '../waiting-room/full-room.ts';
import { CHEAP_SINGLE_USE_REQUESTS, type HotRoute, NEW_USERS } from './hot-route.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const WAITING = 10_000;

/** Polls of 10,000 waiting fans, and joins behind them. */
export async function queueRoutes(testbed: Testbed): Promise<readonly HotRoute[]> {
  const concertId = await createBenchmarkSale(testbed);
  const { waiters }: FullRoom = await fillRoom(testbed, concertId, WAITING);
  // RUNNING, so that polls carry an estimate. No worker runs, so nobody is admitted.
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { state: 'RUNNING' },
    hold: {},
  });
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
      goals: { bare: 0.8 },
    },
    {
      ...join,
      name: 'join, new user',
      status: 201,
      goals: { ...goals, bare: 0.45 },
      isSingleUse: true,
      newUserRequests,
    },
    { ...join, name: 'join, repeated', status: 200, isSingleUse: false },
  ];
}
