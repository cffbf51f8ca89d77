import { CONTRACT_LAYOUT } from '@frontrow/application/contracts/shared/contract-layout.ts';
import { describe, expect, it } from 'vitest';
import { ADMIN, chargeWallet, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { type TestServer, createTestServer } from '../../support/test-server.ts';

/** The layout without its accessible, companion and blocked seats. */
const [PARTERRE, UPSTAIRS] = CONTRACT_LAYOUT.sections;
const seats = PARTERRE!.rows[0]!.seats.map(({ label, x, y, category }) => ({ label, x, y, category }));
const HALL = { ...CONTRACT_LAYOUT, sections: [{ ...PARTERRE!, rows: [{ label: 'A', seats }] }, UPSTAIRS!] };

const FIRST = { number: 1, section: 'Parterre', row: 'A', label: '1' };
const SECOND = { number: 2, section: 'Parterre', row: 'A', label: '2' };
const BALCONY = { number: 4, section: 'Balcony', row: 'A', label: '1' };
const MONEY = 1_000_000;

/** A date with the layout, and a fan who can pay. */
async function putHallOnSale(server: TestServer) {
  await chargeWallet(server, 'fan', MONEY);
  return putOnSale(server, { price: undefined, layout: HALL });
}

describe('the seats of a reservation', () => {
  it('have their places in the answer of the hold and in all reads', async () => {
    const server = createTestServer();
    const { call } = server;
    const sale = await putHallOnSale(server);
    const { id, body } = await hold(server, sale, 'fan', [4, 2, 1]);
    const places = { seats: [FIRST, SECOND, BALCONY] };
    expect(body).toMatchObject({ seatNumbers: [1, 2, 4], ...places });
    expect((await call(`GET /v1/reservations/${id}`, { as: 'fan' })).body).toEqual(body);
    expect((await call('GET /v1/reservations', { as: 'fan' })).body.items).toEqual([body]);
    expect((await call(`GET /v1/admin/reservations/${id}`, ADMIN)).body).toMatchObject(places);
    for (const path of [`events/${sale.eventId}`, 'users/fan'] as const)
      expect((await call(`GET /v1/admin/${path}/reservations`, ADMIN)).body.items).toMatchObject([places]);
  });

  it('have them after an extension and for the seats that remain', async () => {
    const server = createTestServer();
    const { call } = server;
    const { id } = await hold(server, await putHallOnSale(server), 'fan', [1, 4]);
    const path = `/v1/reservations/${id}` as const;
    const extended = await call(`POST ${path}/extend`, { as: 'fan', key: newKey() });
    expect(extended).toMatchObject({ status: 200, body: { seats: [FIRST, BALCONY] } });
    const kept = await call(`PATCH ${path}`, { as: 'fan', body: { seatNumbers: [4] } });
    expect(kept).toMatchObject({ status: 200, body: { seats: [BALCONY] } });
  });

  it('have them on the entry tickets and where staff give the seats', async () => {
    const server = createTestServer();
    const { call } = server;
    const sale = await putHallOnSale(server);
    const { id } = await hold(server, sale, 'fan', [4]);
    await call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    const tickets = await call(`GET /v1/reservations/${id}/tickets`, { as: 'fan' });
    expect(tickets.body.items).toMatchObject([{ seatNumber: 4, seat: BALCONY }]);
    const body = { userId: 'guest', seatNumbers: [1], reason: 'The family of the singer' };
    const path = `/v1/admin/events/${sale.eventId}/reservations` as const;
    const given = await call(`POST ${path}`, { ...ADMIN, key: newKey(), body });
    expect(given).toMatchObject({ status: 201, body: { seats: [FIRST] } });
  });

  it('are null for a date without a layout', async () => {
    const server = createTestServer();
    const { call } = server;
    await chargeWallet(server, 'fan', MONEY);
    const { id, body } = await hold(server, await putOnSale(server), 'fan', [1]);
    expect(body).toMatchObject({ seatNumbers: [1], seats: null });
    await call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    const tickets = await call(`GET /v1/reservations/${id}/tickets`, { as: 'fan' });
    expect(tickets.body.items).toMatchObject([{ seatNumber: 1, seat: null }]);
  });

  it('are the same when the hold is repeated after a new version of the layout', async () => {
    const server = createTestServer();
    const { call } = server;
    const { concertId, eventId } = await putHallOnSale(server);
    const ticket = await join(server, concertId, 'fan');
    const request = { as: 'fan', ticket, key: newKey(), body: { eventId, seatNumbers: [4] } };
    const held = await call('POST /v1/reservations', request);
    const renamed = seats.map((seat) => ({ ...seat, label: `0${seat.label}` }));
    const layout = {
      ...HALL,
      sections: [{ ...PARTERRE!, rows: [{ label: 'A', seats: renamed }] }, UPSTAIRS!],
    };
    const headers = { 'if-match': '*' };
    const replaced = await call(`PUT /v1/admin/events/${eventId}/layout`, {
      ...ADMIN,
      headers,
      body: layout,
    });
    expect(replaced).toMatchObject({ status: 200, body: { layoutVersion: 2 } });
    const repeated = await call('POST /v1/reservations', request);
    expect(repeated).toMatchObject({ status: 201, body: held.body });
    expect(repeated.headers['idempotent-replayed']).toBe('true');
  });
});
