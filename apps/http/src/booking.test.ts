import { describe, expect, it } from 'vitest';
import { ADMIN, PRICE, chargeWallet, hold, join, newKey, putOnSale } from './testing/scenario.ts';
import { START, createWorld } from './testing/world.ts';

const HOLD_MS = 300_000;

describe('a fan', () => {
  it('joins, sees the seats, holds, pays, and is done', async () => {
    const world = createWorld();
    const { call } = world;
    const { concertId, eventId } = await putOnSale(world);

    const joined = await call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'fan' });
    expect(joined).toMatchObject({ status: 201, headers: { location: '/v1/queue-tokens/current' } });
    expect(joined.body).toMatchObject({ concertId, status: 'ACTIVE', room: 'OPEN', position: 0, parked: false });
    const ticket: string = joined.body.token;

    const seats = await call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket });
    expect(seats).toMatchObject({ status: 200, body: { eventId, seatCount: 50, availableCount: 50 } });
    expect(seats.body.seats[0]).toEqual({ number: 1, price: PRICE, status: 'AVAILABLE' });

    const body = { eventId, seatNumbers: [8, 7] };
    const held = await call('POST /v1/reservations', { as: 'fan', ticket, key: newKey(), body });
    const { id } = held.body;
    expect(held.status).toBe(201);
    expect(held.headers.location).toBe(`/v1/reservations/${id}`);
    expect(held.body).toEqual({
      id,
      concertId,
      eventId,
      seatNumbers: [7, 8],
      status: 'HELD',
      totalAmount: 2 * PRICE,
      holdExpiresAt: new Date(START + HOLD_MS).toISOString(),
      createdAt: new Date(START).toISOString(),
      paymentId: null,
    });

    const charged = await chargeWallet(world, 'fan', 1_000);
    expect(charged).toMatchObject({ status: 201, body: { amount: 1_000, balanceAfter: 1_000 } });

    const paid = await call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(paid.status).toBe(201);
    expect(paid.headers.location).toBe(`/v1/payments/${paid.body.id}`);
    expect(paid.body).toEqual({
      id: paid.body.id,
      reservationId: id,
      amount: 2 * PRICE,
      balanceAfter: 800,
      paidAt: new Date(START).toISOString(),
    });

    const confirmed = await call(`GET /v1/reservations/${id}`, { as: 'fan' });
    expect(confirmed.body).toEqual({ ...held.body, status: 'CONFIRMED', paymentId: paid.body.id });
    const payment = await call(`GET /v1/payments/${paid.body.id}`, { as: 'fan' });
    expect(payment.body).toEqual(paid.body);
    const status = await call('GET /v1/queue-tokens/current', { ticket });
    expect(status.body).toMatchObject({ status: 'COMPLETED', position: null, pollAfterMs: null });
  });

  it('has a wallet before the first charge, and a ledger after it', async () => {
    const world = createWorld();
    const empty = await world.call('GET /v1/wallet', { as: 'fan' });
    expect(empty).toMatchObject({ status: 200, body: { balance: 0, currency: 'KRW' } });

    const charged = await chargeWallet(world, 'fan', 5_000);
    await chargeWallet(world, 'fan', 70);
    const entries = await world.call('GET /v1/wallet/entries', { as: 'fan' });
    expect(entries.body.nextCursor).toBeNull();
    expect(entries.body.items.map((entry: { amount: number }) => entry.amount)).toEqual([70, 5_000]);
    expect(entries.body.items[1]).toEqual({
      entryId: charged.body.entryId,
      type: 'CHARGE',
      amount: 5_000,
      balanceAfter: 5_000,
      paymentId: null,
      createdAt: new Date(START).toISOString(),
    });
  });

  it('keeps one place however often it joins, and gives it up by leaving', async () => {
    const world = createWorld();
    const { concertId, eventId } = await putOnSale(world);
    const ticket = await join(world, concertId, 'fan');

    const again = await world.call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'fan' });
    expect(again.status).toBe(200);
    expect(again.headers.location).toBeUndefined();

    const left = await world.call('DELETE /v1/queue-tokens/current', { ticket });
    expect(left).toMatchObject({ status: 204, body: undefined });
    expect((await world.call('DELETE /v1/queue-tokens/current', { ticket })).status).toBe(204);
    const status = await world.call('GET /v1/queue-tokens/current', { ticket });
    expect(status.body).toMatchObject({ status: 'LEFT', estimatedWaitSeconds: null });
    const seats = await world.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket });
    expect(seats).toMatchObject({ status: 403, body: { queueTokenStatus: 'LEFT' } });
  });

  it('is told what it waits for, and only the admitted see seats', async () => {
    const world = createWorld();
    const { concertId, eventId } = await putOnSale(world);
    await world.call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
      ...ADMIN,
      body: { admission: { maxActive: 1 } },
    });
    await join(world, concertId, 'first');
    const waiting = await world.call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'second' });
    expect(waiting.body).toMatchObject({ status: 'WAITING', position: 1, sessionExpiresAt: null });

    const call = { as: 'second', ticket: waiting.body.token as string };
    const refused = await world.call(`GET /v1/events/${eventId}/seats`, call);
    expect(refused.body).toMatchObject({ code: 'QUEUE_TOKEN_NOT_ACTIVE', queueTokenStatus: 'WAITING' });
    const held = await world.call('POST /v1/reservations', {
      ...call,
      key: newKey(),
      body: { eventId, seatNumbers: [1] },
    });
    expect(held.body.code).toBe('QUEUE_TOKEN_NOT_ACTIVE');
  });

  it('filters the seat map by status and still counts the whole event', async () => {
    const world = createWorld();
    const sale = await putOnSale(world);
    const { ticket } = await hold(world, sale, 'fan', [3, 4]);
    const held = await world.call(`GET /v1/events/${sale.eventId}/seats?status=HELD`, { as: 'fan', ticket });
    expect(held.body).toEqual({
      eventId: sale.eventId,
      seatCount: 50,
      availableCount: 48,
      seats: [3, 4].map((number) => ({ number, price: PRICE, status: 'HELD' })),
    });
    const sold = await world.call(`GET /v1/events/${sale.eventId}/seats?status=SOLD`, { as: 'fan', ticket });
    expect(sold.body).toMatchObject({ seatCount: 50, availableCount: 48, seats: [] });
  });
});

describe('a hold', () => {
  it('is extended as often as the policy allows', async () => {
    const world = createWorld();
    const { id } = await hold(world, await putOnSale(world), 'fan');
    world.clock.advance(60_000);
    const extended = await world.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(extended).toMatchObject({ status: 200, body: { id, status: 'HELD' } });
    expect(extended.body.holdExpiresAt).toBe(new Date(START + 60_000 + HOLD_MS).toISOString());

    const again = await world.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(again).toMatchObject({ status: 409, body: { code: 'EXTENSION_LIMIT_EXCEEDED', maxExtensions: 1 } });
  });

  it('is released by cancelling, however often, and is then no longer payable', async () => {
    const world = createWorld();
    const sale = await putOnSale(world);
    const { id, ticket } = await hold(world, sale, 'fan');
    for (let times = 0; times < 2; times += 1)
      expect((await world.call(`DELETE /v1/reservations/${id}`, { as: 'fan' })).status).toBe(204);
    const seats = await world.call(`GET /v1/events/${sale.eventId}/seats`, { as: 'fan', ticket });
    expect(seats.body.availableCount).toBe(50);
    const paid = await world.call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(paid.body).toMatchObject({ code: 'RESERVATION_NOT_HELD', reservationStatus: 'CANCELLED' });
  });

  it('ends by itself: 410 for paying and extending, EXPIRED for reading', async () => {
    const world = createWorld();
    const { id } = await hold(world, await putOnSale(world), 'fan');
    await chargeWallet(world, 'fan', 1_000);
    world.clock.advance(HOLD_MS);
    const holdExpiresAt = new Date(START + HOLD_MS).toISOString();
    const paid = await world.call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(paid).toMatchObject({ status: 410, body: { code: 'HOLD_EXPIRED', holdExpiresAt } });
    const extended = await world.call(`POST /v1/reservations/${id}/extend`, { as: 'fan', key: newKey() });
    expect(extended).toMatchObject({ status: 410, body: { code: 'HOLD_EXPIRED' } });
    expect((await world.call(`GET /v1/reservations/${id}`, { as: 'fan' })).body.status).toBe('EXPIRED');
  });

  it('is refused for a taken seat, a second hold, too many seats and a date not on sale', async () => {
    const world = createWorld();
    const sale = await putOnSale(world);
    const later = await putOnSale(world, { reservationStartAt: new Date(START + 1_000).toISOString() });
    const { ticket } = await hold(world, sale, 'first', [5]);
    const other = await join(world, sale.concertId, 'second');
    const attempt = (as: string, to: string, body: object) =>
      world.call('POST /v1/reservations', { as, ticket: to, key: newKey(), body });

    const taken = await attempt('second', other, { eventId: sale.eventId, seatNumbers: [4, 5] });
    expect(taken).toMatchObject({ status: 409, body: { code: 'SEAT_UNAVAILABLE', unavailableSeats: [5] } });
    const second = await attempt('first', ticket, { eventId: sale.eventId, seatNumbers: [6] });
    expect(second).toMatchObject({ status: 409, body: { code: 'HOLD_LIMIT_EXCEEDED' } });
    const many = await attempt('second', other, { eventId: sale.eventId, seatNumbers: [1, 2, 3, 4, 6] });
    expect(many).toMatchObject({ status: 400, body: { code: 'TOO_MANY_SEATS', maxSeatsPerReservation: 4 } });
    const early = await world.call(`POST /v1/concerts/${later.concertId}/queue-tokens`, { as: 'second' });
    expect(early.body).toMatchObject({ status: 'WAITING', room: 'NOT_OPEN' });
    const foreign = await attempt('second', other, { eventId: later.eventId, seatNumbers: [1] });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_INVALID' } });

    // A session outlives the date that let it in: the next one of the concert does not sell yet.
    await world.call(`POST /v1/admin/concerts/${sale.concertId}/events`, {
      ...ADMIN,
      body: {
        venue: 'Olympic Hall',
        startsAt: '2027-01-02T00:00:00Z',
        reservationStartAt: '2027-01-01T00:00:00Z',
        reservationEndAt: '2027-01-02T00:00:00Z',
        price: PRICE,
      },
    });
    const dates = await world.call(`GET /v1/concerts/${sale.concertId}/events`);
    const closed = await attempt('second', other, { eventId: dates.body.items[1].id, seatNumbers: [1] });
    expect(closed).toMatchObject({
      status: 409,
      body: { code: 'EVENT_NOT_BOOKABLE', reservationStartAt: '2027-01-01T00:00:00.000Z' },
    });
  });

  it('is not paid by an empty wallet, and a wallet has an end', async () => {
    const world = createWorld();
    const { id } = await hold(world, await putOnSale(world), 'fan');
    const paid = await world.call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(paid).toMatchObject({ status: 402, body: { code: 'INSUFFICIENT_BALANCE', balance: 0, amount: PRICE } });
    expect((await chargeWallet(world, 'fan', 1_000_000_000_000)).status).toBe(201);
    const over = await chargeWallet(world, 'fan', 1);
    expect(over).toMatchObject({ status: 409, body: { code: 'WALLET_LIMIT_EXCEEDED' } });
  });

  it('belongs to its user: to everybody else it does not exist', async () => {
    const world = createWorld();
    const { id } = await hold(world, await putOnSale(world), 'fan');
    await chargeWallet(world, 'thief', 1_000);
    const attempts = [
      world.call(`GET /v1/reservations/${id}`, { as: 'thief' }),
      world.call(`DELETE /v1/reservations/${id}`, { as: 'thief' }),
      world.call(`POST /v1/reservations/${id}/extend`, { as: 'thief', key: newKey() }),
      world.call('POST /v1/payments', { as: 'thief', key: newKey(), body: { reservationId: id } }),
    ];
    for (const answer of await Promise.all(attempts))
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect((await world.call(`GET /v1/reservations/${id}`, { as: 'fan' })).body.status).toBe('HELD');
  });
});
