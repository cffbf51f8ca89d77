import { expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, PRICE, hold, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:write' } as const;
const BODY = { userId: 'guest', seatNumbers: [2, 1], reason: 'The family of the singer' };
const INVALID = [400, 'VALIDATION_FAILED'];

async function openSale() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const path = `/v1/admin/events/${sale.eventId}/reservations` as const;
  const give = (body: unknown, key = newKey()) => server.call(`POST ${path}`, { ...STAFF, key, body });
  return { server, sale, path, give };
}

it('gives seats to a user, who sees them as complimentary', async () => {
  const { server, sale, give, path } = await openSale();
  const given = await give(BODY);
  expect(given).toMatchObject({
    status: 201,
    headers: { location: `/v1/admin/reservations/${given.body.id}` },
    body: { userId: 'guest', seatNumbers: [1, 2], status: 'CONFIRMED', totalAmount: 0, complimentary: true },
  });
  const { userId: _, ...own } = given.body;
  const guest = { as: 'guest' } as const;
  expect((await server.call('GET /v1/reservations', guest)).body.items).toEqual([own]);
  const tickets = await server.call(`GET /v1/reservations/${own.id}/tickets`, guest);
  expect(tickets.body.items).toMatchObject([{ status: 'VALID' }, { status: 'VALID' }]);
  const found = await server.call(`GET /v1/admin/reservations/${own.id}`, ADMIN);
  expect(found.body.history).toMatchObject([{ kind: 'GIVEN', actor: 'staff', reason: BODY.reason }]);
  const report = await server.call(`GET ${path.replace('reservations', 'report')}`, ADMIN);
  expect(report.body).toMatchObject({ sold: 0, complimentary: 2, revenue: 0, byHour: [] });
  expect(report.body.byPrice).toMatchObject([{ price: PRICE, complimentary: 2, available: 48 }]);
  const held = await hold(server, sale, 'fan', [3]);
  expect(held.body.complimentary).toBe(false);
});

it('replays the answer of a key, and refuses the key for other seats', async () => {
  const { give } = await openSale();
  const key = newKey();
  const given = await give(BODY, key);
  const again = await give(BODY, key);
  expect([again.status, again.body]).toEqual([201, given.body]);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(refusalOf(await give({ ...BODY, seatNumbers: [3] }, key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

it('refuses what is taken, unknown, cancelled or not valid', async () => {
  const { server, sale, path, give } = await openSale();
  await give(BODY);
  const taken = await give({ ...BODY, seatNumbers: [2, 3] });
  expect(refusalOf(taken)).toEqual([409, 'SEAT_UNAVAILABLE']);
  expect(taken.body.unavailableSeats).toEqual([2]);
  const { reason: _, ...noReason } = BODY;
  const wrong = [
    noReason,
    { ...BODY, reason: ' ' },
    { ...BODY, userId: '' },
    { ...BODY, seatNumbers: [] },
    { ...BODY, seatNumbers: [51] },
    { ...BODY, price: 0 },
    null,
  ];
  for (const body of wrong) expect(refusalOf(await give(body))).toEqual(INVALID);
  const noKey = await server.call(`POST ${path}`, { ...STAFF, body: BODY });
  expect(refusalOf(noKey)).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  const call = { ...STAFF, key: newKey(), body: BODY };
  const unknown = await server.call('POST /v1/admin/events/unknown/reservations', call);
  expect(refusalOf(unknown)).toEqual([404, 'NOT_FOUND']);
  const body = { reason: 'ill' };
  await server.call(`POST /v1/admin/events/${sale.eventId}/cancel`, { ...ADMIN, body });
  expect(refusalOf(await give({ ...BODY, seatNumbers: [5] }))).toEqual([409, 'EVENT_CANCELLED']);
});

it('refuses a date that has begun', async () => {
  const { server, give } = await openSale();
  server.clock.advance(10 * 3_600_000);
  const refused = await give(BODY);
  expect(refusalOf(refused)).toEqual([409, 'EVENT_STARTED']);
  expect(refused.body.startsAt).toMatch(/Z$/);
});
