import type { World } from '../harness/world.ts';
import { openDate } from '../data/on-sale.ts';
import { openSale } from '../locks/contenders.ts';
import { ask } from './asks.ts';
import { hold, reservationsOf } from './holds.ts';
import { ASKS_SPENT, type HotRoute } from './hot-route.ts';
import type { Records } from './records.ts';

const HOLDING_AT_ONCE = 20;

/** On a sale of its own, because what is cancelled cannot be paid. */
export async function cancelRoute(world: World, records: Records): Promise<HotRoute> {
  const sale = await openSale(world, ASKS_SPENT);
  const eventId = await openDate(world, sale.concertId, ASKS_SPENT);
  for (let from = 0; from < sale.fans.length; from += HOLDING_AT_ONCE)
    await Promise.all(
      sale.fans
        .slice(from, from + HOLDING_AT_ONCE)
        .map((fan, index) => hold(world, fan, eventId, from + index + 1)),
    );
  const held = await reservationsOf(sale, records);
  return {
    name: 'cancel hold',
    method: 'DELETE',
    status: 204,
    asks: held.map(({ fan, id }) => ask(fan, `/v1/reservations/${id}`)),
    spends: true,
    asksMysql: true,
    async confirm() {
      await records.expect(
        held.length,
        `select count(*) from reservation where concert_id = ? and status = 'CANCELLED'`,
        [sale.concertId],
      );
      await records.expect(
        held.length,
        `select count(*) from seat where concert_event_id = ? and status = 'AVAILABLE'`,
        [eventId],
      );
    },
  };
}
