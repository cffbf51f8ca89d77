import { ADMIN, type OnSale } from './scenario.ts';
import type { TestServer } from './test-server.ts';

/** Reads everything that a refused request must leave unchanged. */
export async function readVisibleState(server: TestServer, { concertId, eventId }: OnSale, ticket: string) {
  const answers = await Promise.all([
    server.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket }),
    server.call('GET /v1/wallet/entries', { as: 'fan' }),
    server.call('GET /v1/reservations', { as: 'fan' }),
    server.call('GET /v1/concerts'),
    server.call(`GET /v1/concerts/${concertId}/events`),
    server.call(`GET /v1/admin/concerts/${concertId}/policy`, ADMIN),
    server.call(`GET /v1/admin/concerts/${concertId}/sale-codes`, ADMIN),
    server.call(`GET /v1/admin/events/${eventId}/blocked-seats`, ADMIN),
  ]);
  return answers.map(({ body }) => body);
}
