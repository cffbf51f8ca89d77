import type { Testbed } from '../harness/testbed.ts';
import { createBenchmarkDate } from '../data/benchmark-sale.ts';
import { openAdmittedSale } from '../locks/admitted-sale.ts';
import { requestOf } from './route-requests.ts';
import { hold, reservationsOf } from './held-reservations.ts';
import { SINGLE_USE_REQUESTS, type HotRoute } from './hot-route.ts';
import type { DatabaseChecks } from './database-checks.ts';

const HOLDING_AT_ONCE = 20;

/** Cancels holds of a separate sale, because a cancelled hold cannot be paid. */
export async function cancelRoute(testbed: Testbed, checks: DatabaseChecks): Promise<HotRoute> {
  const sale = await openAdmittedSale(testbed, SINGLE_USE_REQUESTS);
  const eventId = await createBenchmarkDate(testbed, sale.concertId, SINGLE_USE_REQUESTS);
  for (let from = 0; from < sale.fans.length; from += HOLDING_AT_ONCE)
    await Promise.all(
      sale.fans
        .slice(from, from + HOLDING_AT_ONCE)
        .map((fan, index) => hold(testbed, fan, eventId, from + index + 1)),
    );
  const held = await reservationsOf(sale, checks);
  return {
    name: 'cancel hold',
    method: 'DELETE',
    status: 204,
    requests: held.map(({ fan, id }) => requestOf(fan, `/v1/reservations/${id}`)),
    isSingleUse: true,
    waitsForMysql: true,
    async confirm() {
      await checks.expect(
        held.length,
        `select count(*) from reservation where concert_id = ? and status = 'CANCELLED'`,
        [sale.concertId],
      );
      await checks.expect(
        held.length,
        `select count(*) from seat where concert_event_id = ? and status = 'AVAILABLE'`,
        [eventId],
      );
    },
  };
}
