import type { Answer } from './caller.ts';
import { ADMIN, type OnSale } from './scenario.ts';
import type { TestServer } from './test-server.ts';

/** What a refused request must leave as it was. */
export async function observe(world: TestServer, { concertId, eventId }: OnSale, ticket: string) {
  const [seats, wallet, reservations, concerts, dates, policy] = await Promise.all([
    world.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket }),
    world.call('GET /v1/wallet/entries', { as: 'fan' }),
    world.call('GET /v1/reservations', { as: 'fan' }),
    world.call('GET /v1/concerts'),
    world.call(`GET /v1/concerts/${concertId}/events`),
    world.call(`GET /v1/admin/concerts/${concertId}/policy`, ADMIN),
  ]);
  return [seats, wallet, reservations, concerts, dates, policy].map(({ body }) => body);
}

export function refusalOf({ status, body }: Answer): [status: number, code: string] {
  return [status, body.code];
}
