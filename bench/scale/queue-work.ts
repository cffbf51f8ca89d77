import { createClient } from '@frontrow/tests/support/client.ts';
import type { MeasuredServer } from '../harness/measured-server.ts';
import type { Testbed } from '../harness/testbed.ts';
import { accessTokenOf, newUserIds } from '../data/fan-credentials.ts';
import { createBenchmarkSale } from '../data/benchmark-sale.ts';
import type { FullRoom } from '../waiting-room/full-room.ts';
import { joinRequest, pollWorkloads } from '../waiting-room/queue-requests.ts';
import type { Work } from './process-groups.ts';
import { BY_STAFF } from '@frontrow/tests/support/staff.ts';

const JOINS_PER_ROUND = 4_000;

/** Every waiting fan polls once, in each round at another process. */
export function pollEveryTicket(room: FullRoom): Work {
  const requests = pollWorkloads(room).poll.requestsOf(0);
  return async (group, round) => {
    const { statuses, elapsedMs } = await group.fire(requests, round);
    if (statuses[200] !== requests.length) throw new Error(`polls were answered ${JSON.stringify(statuses)}`);
    return { count: requests.length, elapsedMs };
  };
}

/** New users join the waiting room. */
export function joinNewUsers(concertId: string): Work {
  return async (group, round) => {
    const path = `/v1/concerts/${concertId}/queue-tokens`;
    const requests = newUserIds(JOINS_PER_ROUND).map((userId) => joinRequest(path, accessTokenOf(userId)));
    const { statuses, elapsedMs } = await group.fire(requests, round);
    if (statuses[201] !== requests.length) throw new Error(`joins were answered ${JSON.stringify(statuses)}`);
    return { count: requests.length, elapsedMs };
  };
}

const FANS = 2_000;
type Status = { readonly token: string; readonly position: number };

/**
 * Every fan joins at two processes concurrently and polls at a third. Throws unless each has one place and the positions
 * are 1 to N in the order of the sequences.
 */
export async function assertOneWaitingLine(
  testbed: Testbed,
  servers: readonly MeasuredServer[],
): Promise<string> {
  const concertId = await createBenchmarkSale(testbed);
  await testbed.application.changePolicy({
    by: BY_STAFF,
    concertId,
    admission: { state: 'PAUSED' },
    hold: {},
  });
  const clients = servers.map(({ port }) => createClient(`http://127.0.0.1:${port}`));
  const clientAt = (index: number) => clients[index % clients.length]!;
  const userIds = newUserIds(FANS);
  const joined = await Promise.all(
    userIds.map(async (userId, index) => {
      const headers = { authorization: `Bearer ${accessTokenOf(userId)}` };
      const path = `/v1/concerts/${concertId}/queue-tokens`;
      const twice = [0, 1].map((n) => clientAt(index + n).send<Status>({ method: 'POST', path, headers }));
      const [one, other] = (await Promise.all(twice)) as [
        Awaited<(typeof twice)[0]>,
        Awaited<(typeof twice)[0]>,
      ];
      if (one.status + other.status !== 201 + 200)
        throw new Error(`one fan's joins were answered ${one.status} and ${other.status}`);
      return testbed.ports.tokenSigner.verify(one.body.token)!;
    }),
  );
  const inOrder = joined.toSorted((a, b) => a.sequence - b.sequence);
  const polled = await Promise.all(
    inOrder.map((ticket, index) =>
      clientAt(index + 2).send<Status>({
        method: 'GET',
        path: '/v1/queue-tokens/current',
        headers: { 'queue-token': testbed.ports.tokenSigner.sign(ticket) },
      }),
    ),
  );
  await Promise.all(clients.map((client) => client.close()));
  const wrong = polled.filter(({ body }, index) => body.position !== index + 1).length;
  if (wrong > 0) throw new Error(`${wrong} of ${FANS} positions are wrong`);
  return `${FANS} fans joined at two of ${servers.length} processes concurrently: one place each, positions 1 to ${FANS} in order`;
}
