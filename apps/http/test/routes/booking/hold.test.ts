import { describe, expect, it } from 'vitest';
import { ADMIN, PRICE, chargeWallet, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const HOLD_MS = 300_000;

describe('a hold', () => {
  it('is extended as often as the policy allows', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan');
    server.clock.advance(60_000);
    const extended = await server.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(extended).toMatchObject({ status: 200, body: { id, status: 'HELD' } });
    expect(extended.body.holdExpiresAt).toBe(new Date(START + 60_000 + HOLD_MS).toISOString());

    const again = await server.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions: 1 },
    });
  });

  it('is released by one or more cancellations, and cannot be paid afterwards', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { id, ticket } = await hold(server, sale, 'fan');
    for (let times = 0; times < 2; times += 1)
      expect((await server.call(`DELETE /v1/reservations/${id}`, { as: 'fan' })).status).toBe(204);
    const seats = await server.call(`GET /v1/events/${sale.eventId}/seats`, { as: 'fan', ticket });
    expect(seats.body.availableCount).toBe(50);
    const paid = await server.call('POST /v1/payments', {
      as: 'fan',
      key: newKey(),
      body: { reservationId: id },
    });
    expect(paid.body).toMatchObject({ code: 'RESERVATION_NOT_HELD', reservationStatus: 'CANCELLED' });
  });

  it('lapses: 410 for paying and extending, EXPIRED for reading', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan');
    await chargeWallet(server, 'fan', 1_000);
    server.clock.advance(HOLD_MS);
    const holdExpiresAt = new Date(START + HOLD_MS).toISOString();
    const paid = await server.call('POST /v1/payments', {
      as: 'fan',
      key: newKey(),
      body: { reservationId: id },
    });
    expect(paid).toMatchObject({ status: 410, body: { code: 'HOLD_EXPIRED', holdExpiresAt } });
    const extended = await server.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(extended).toMatchObject({ status: 410, body: { code: 'HOLD_EXPIRED' } });
    expect((await server.call(`GET /v1/reservations/${id}`, { as: 'fan' })).body.status).toBe('EXPIRED');
  });

  it('is refused for a taken seat, a second hold, too many seats and a date not on sale', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const later = await putOnSale(server, { reservationStartAt: new Date(START + 1_000).toISOString() });
    const { id, ticket } = await hold(server, sale, 'first', [5]);
    const other = await join(server, sale.concertId, 'second');
    const attempt = (as: string, to: string, body: object) =>
      server.call('POST /v1/reservations', { as, ticket: to, key: newKey(), body });

    const taken = await attempt('second', other, { eventId: sale.eventId, seatNumbers: [4, 5] });
    expect(taken).toMatchObject({ status: 409, body: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [5] } });
    const second = await attempt('first', ticket, { eventId: sale.eventId, seatNumbers: [6] });
    expect(second).toMatchObject({ status: 409, body: { code: 'HOLD_LIMIT_EXCEEDED', reservationId: id } });
    const many = await attempt('second', other, { eventId: sale.eventId, seatNumbers: [1, 2, 3, 4, 6] });
    expect(many).toMatchObject({ status: 400, body: { code: 'TOO_MANY_SEATS', maxSeatsPerReservation: 4 } });
    const early = await server.call(`POST /v1/concerts/${later.concertId}/queue-tokens`, { as: 'second' });
    expect(early.body).toMatchObject({ status: 'WAITING', room: 'NOT_OPEN' });
    const foreign = await attempt('second', other, { eventId: later.eventId, seatNumbers: [1] });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_INVALID' } });

    // A session is for all dates of the concert, and this one is not on sale yet.
    await server.call(`POST /v1/admin/concerts/${sale.concertId}/events`, {
      ...ADMIN,
      body: {
        venue: 'Olympic Hall',
        startsAt: '2027-01-02T00:00:00Z',
        reservationStartAt: '2027-01-01T00:00:00Z',
        reservationEndAt: '2027-01-02T00:00:00Z',
        price: PRICE,
      },
    });
    const dates = await server.call(`GET /v1/concerts/${sale.concertId}/events`);
    const closed = await attempt('second', other, { eventId: dates.body.items[1].id, seatNumbers: [1] });
    expect(closed).toMatchObject({
      status: 409,
      body: { code: 'EVENT_NOT_BOOKABLE', reservationStartAt: '2027-01-01T00:00:00.000Z' },
    });
  });

  it('is refused with Retry-After after too many unpaid ones', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { ticket, ...first } = await hold(server, sale, 'fan');
    let { id } = first;
    const attempt = () =>
      server.call('POST /v1/reservations', {
        as: 'fan',
        ticket,
        key: newKey(),
        body: { eventId: sale.eventId, seatNumbers: [1] },
      });
    const release = async () => {
      await server.call(`DELETE /v1/reservations/${id}`, { as: 'fan' });
      server.clock.advance(30_000);
    };
    for (let holds = 2; holds <= 5; holds += 1) {
      await release();
      id = (await attempt()).body.id;
    }
    await release();
    expect(await attempt()).toMatchObject({
      status: 429,
      headers: { 'retry-after': '3450' },
      body: { code: 'HOLDS_COOLING_DOWN', coolsDownAt: new Date(START + 3_600_000).toISOString() },
    });
  });

  it('is not paid from an empty wallet, whose balance has a limit', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan');
    const paid = await server.call('POST /v1/payments', {
      as: 'fan',
      key: newKey(),
      body: { reservationId: id },
    });
    expect(paid).toMatchObject({
      status: 402,
      body: { code: 'INSUFFICIENT_BALANCE', balance: 0, amount: PRICE },
    });
    expect((await chargeWallet(server, 'fan', 1_000_000_000_000)).status).toBe(201);
    const over = await chargeWallet(server, 'fan', 1);
    expect(over).toMatchObject({ status: 409, body: { code: 'WALLET_LIMIT_EXCEEDED' } });
  });

  it('is NOT_FOUND for every other user', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan');
    await chargeWallet(server, 'thief', 1_000);
    const attempts = [
      server.call(`GET /v1/reservations/${id}`, { as: 'thief' }),
      server.call(`DELETE /v1/reservations/${id}`, { as: 'thief' }),
      server.call(`POST /v1/reservations/${id}/extend`, { as: 'thief', key: newKey() }),
      server.call('POST /v1/payments', { as: 'thief', key: newKey(), body: { reservationId: id } }),
    ];
    for (const answer of await Promise.all(attempts))
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await server.call(`GET /v1/reservations/${id}`, { as: 'fan' })).body.status).toBe('HELD');
  });
});
