import { expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

const STAFF = { as: 'staff', scope: 'sales:write' } as const;
const REASON = 'A camera <script>alert(1)</script>';

async function openSale() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const path = `/v1/admin/events/${sale.eventId}/blocked-seats` as const;
  const block = (body: object, key = newKey()) =>
    server.call(`POST ${path}`, { ...STAFF, key, body: { reason: REASON, ...body } });
  const release = (body: object) =>
    server.call(`POST ${path}/release`, { ...STAFF, body: { reason: 'It is gone', ...body } });
  const list = (query = '') => server.call(`GET ${path}${query}`, { as: 'staff', scope: 'sales:read' });
  return { server, sale, block, release, list };
}

it('blocks and releases seats, and shows fans the status without the reason', async () => {
  const { server, sale, block, release, list } = await openSale();
  const blocked = await block({ from: 2, to: 4 });
  const range = { from: 2, to: 4, reason: REASON };
  expect([blocked.status, blocked.body]).toEqual([
    200,
    { eventId: sale.eventId, seatCount: 3, ranges: [range] },
  ]);
  const ticket = await join(server, sale.concertId, 'fan');
  const seats = await server.call(`GET /v1/events/${sale.eventId}/seats?status=BLOCKED`, {
    as: 'fan',
    ticket,
  });
  expect(seats.body).toMatchObject({ seatCount: 50, availableCount: 47 });
  expect(seats.body.seats.map(({ number }: { number: number }) => number)).toEqual([2, 3, 4]);
  expect(JSON.stringify(seats.body)).not.toContain('camera');
  const states = await server.call(`GET /v1/admin/events/${sale.eventId}/seats`, {
    as: 'staff',
    scope: 'sales:read',
  });
  expect(states.body).toMatchObject({ layoutVersion: 0, states: `ABBB${'A'.repeat(46)}` });
  const nowhere = { section: null, row: null, label: null, reason: REASON };
  const first = await list('?limit=2');
  expect(first.body.items).toEqual([
    { number: 2, ...nowhere },
    { number: 3, ...nowhere },
  ]);
  const rest = await list(`?limit=2&cursor=${first.body.nextCursor}`);
  expect(rest.body).toEqual({ items: [{ number: 4, ...nowhere }], nextCursor: null });
  const released = await release({ seatNumbers: [1, 2, 4] });
  expect(released.body).toEqual({
    eventId: sale.eventId,
    seatCount: 2,
    ranges: [
      { from: 2, to: 2, reason: REASON },
      { from: 4, to: 4, reason: REASON },
    ],
  });
  expect((await release({ seatNumbers: [1, 2, 4] })).body).toMatchObject({ seatCount: 0, ranges: [] });
});

it('refuses to block what a fan holds, and lets no fan hold what is blocked', async () => {
  const { server, sale, block, list } = await openSale();
  await hold(server, sale, 'fan', [3]);
  const refused = await block({ from: 1, to: 5 });
  expect(refusalOf(refused)).toEqual([409, 'SEAT_UNAVAILABLE']);
  expect(refused.body.unavailableSeats).toEqual([3]);
  expect((await list()).body.items).toEqual([]);
  await block({ from: 4, to: 5 });
  const ticket = await join(server, sale.concertId, 'other');
  const body = { eventId: sale.eventId, seatNumbers: [4, 6] };
  const held = await server.call('POST /v1/reservations', { as: 'other', ticket, key: newKey(), body });
  expect(refusalOf(held)).toEqual([409, 'SEAT_UNAVAILABLE']);
  expect(held.body.unavailableSeats).toEqual([4]);
});

it('replays the answer of a key, and takes requests without one', async () => {
  const { server, sale, block } = await openSale();
  const key = newKey();
  const first = await block({ seatNumbers: [7] }, key);
  const again = await block({ seatNumbers: [7] }, key);
  expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true']);
  expect(refusalOf(await block({ seatNumbers: [8] }, key))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  const path = `/v1/admin/events/${sale.eventId}/blocked-seats` as const;
  const call = { ...STAFF, body: { seatNumbers: [9], reason: REASON } };
  expect((await server.call(`POST ${path}`, call)).status).toBe(200);
});

it('refuses an unknown date, and a cancelled one', async () => {
  const { server, sale, block, release } = await openSale();
  const unknown = { ...ADMIN, body: { seatNumbers: [1], reason: REASON } };
  for (const route of ['blocked-seats', 'blocked-seats/release'] as const)
    expect(refusalOf(await server.call(`POST /v1/admin/events/unknown/${route}`, unknown))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  expect(refusalOf(await server.call('GET /v1/admin/events/unknown/blocked-seats', ADMIN))).toEqual([
    404,
    'NOT_FOUND',
  ]);
  await server.call(`POST /v1/admin/events/${sale.eventId}/cancel`, { ...ADMIN, body: { reason: 'ill' } });
  expect(refusalOf(await block({ seatNumbers: [1] }))).toEqual([409, 'EVENT_CANCELLED']);
  expect(refusalOf(await release({ seatNumbers: [1] }))).toEqual([409, 'EVENT_CANCELLED']);
});
