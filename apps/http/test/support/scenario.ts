import assert from 'node:assert/strict';
import { type Sale, createConcertOnSaleOverHttp } from '@frontrow/tests/support/concert-on-sale-over-http.ts';
import type { TestServer } from './test-server.ts';
import { START } from './test-server.ts';

const HOUR_MS = 3_600_000;
export const ADMIN = { as: 'operator', scope: 'admin' } as const;
export const PRICE = 100;

export type OnSale = Sale;

/** Creates a concert through the API, with one date of fifty seats that is on sale. */
export async function putOnSale({ call }: TestServer, event: object = {}): Promise<OnSale> {
  const post = async (path: string, body: object) => (await call(`POST ${path}`, { ...ADMIN, body })).body;
  return createConcertOnSaleOverHttp(post, {
    startsAt: new Date(START + 10 * HOUR_MS).toISOString(),
    reservationStartAt: new Date(START - HOUR_MS).toISOString(),
    reservationEndAt: new Date(START + 5 * HOUR_MS).toISOString(),
    price: PRICE,
    ...event,
  });
}

/** Joins the waiting room. Returns the ticket, ACTIVE where the room admits at once. */
export async function join({ call }: TestServer, concertId: string, as: string): Promise<string> {
  const joined = await call(`POST /v1/concerts/${concertId}/queue-tokens`, { as });
  return joined.body.token;
}

let keys = 0;
export function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** Joins, after a worker's count of the seats, and holds seats, which must succeed. */
export async function hold(
  server: TestServer,
  { concertId, eventId }: OnSale,
  as: string,
  seatNumbers = [1],
) {
  await server.application.countInventory();
  const ticket = await join(server, concertId, as);
  const body = { eventId, seatNumbers };
  const held = await server.call('POST /v1/reservations', { as, ticket, key: newKey(), body });
  assert.equal(held.status, 201, JSON.stringify(held.body));
  return { ticket, id: held.body.id as string, body: held.body };
}

export function chargeWallet({ call }: TestServer, as: string, amount: number) {
  return call('POST /v1/wallet/charges', { as, key: newKey(), body: { amount } });
}
