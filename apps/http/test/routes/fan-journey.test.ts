import { describe, expect, it } from 'vitest';
import { ADMIN, PRICE, chargeWallet, hold, join, newKey, putOnSale } from '../support/scenario.ts';
import { START, createTestServer } from '../support/test-server.ts';

const HOLD_MS = 300_000;

describe('a fan', () => {
  it('joins, reads the seat map, holds, pays, completes the place, and is refunded', async () => {
    const server = createTestServer();
    const { call } = server;
    const { concertId, eventId } = await putOnSale(server);

    const joined = await call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'fan' });
    expect(joined).toMatchObject({ status: 201, headers: { location: '/v1/queue-tokens/current' } });
    expect(joined.body).toMatchObject({
      concertId,
      status: 'ACTIVE',
      room: 'OPEN',
      position: 0,
      parked: false,
    });
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
      seats: null,
      status: 'HELD',
      totalAmount: 2 * PRICE,
      holdExpiresAt: new Date(START + HOLD_MS).toISOString(),
      createdAt: new Date(START).toISOString(),
      paymentId: null,
      complimentary: false,
      refundedSeats: [],
      refundedAmount: 0,
    });

    const poor = await call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(poor).toMatchObject({ status: 402, body: { code: 'INSUFFICIENT_BALANCE' } });
    const failed = (await call('GET /v1/payments', { as: 'fan' })).body.items[0];
    expect(failed).toEqual({
      id: failed.id,
      reservationId: id,
      status: 'FAILED',
      failureCode: 'INSUFFICIENT_BALANCE',
      amount: 2 * PRICE,
      balanceAfter: null,
      paidAt: null,
      failedAt: new Date(START).toISOString(),
      refundedAmount: 0,
    });
    expect((await call(`GET /v1/payments/${failed.id}`, { as: 'fan' })).body).toEqual(failed);

    const charged = await chargeWallet(server, 'fan', 1_000);
    expect(charged).toMatchObject({ status: 201, body: { amount: 1_000, balanceAfter: 1_000 } });

    const paid = await call('POST /v1/payments', { as: 'fan', key: newKey(), body: { reservationId: id } });
    expect(paid.status).toBe(201);
    expect(paid.headers.location).toBe(`/v1/payments/${paid.body.id}`);
    expect(paid.body).toEqual({
      id: paid.body.id,
      reservationId: id,
      status: 'COMPLETED',
      failureCode: null,
      amount: 2 * PRICE,
      balanceAfter: 800,
      paidAt: new Date(START).toISOString(),
      failedAt: null,
      refundedAmount: 0,
    });

    const confirmed = await call(`GET /v1/reservations/${id}`, { as: 'fan' });
    expect(confirmed.body).toEqual({ ...held.body, status: 'CONFIRMED', paymentId: paid.body.id });
    const payment = await call(`GET /v1/payments/${paid.body.id}`, { as: 'fan' });
    expect(payment.body).toEqual(paid.body);
    const status = await call('GET /v1/queue-tokens/current', { ticket });
    expect(status.body).toMatchObject({ status: 'COMPLETED', position: null, pollAfterMs: null });

    const refund = (of: object) =>
      call(`POST /v1/reservations/${id}/refund`, { as: 'fan', key: newKey(), ...of });
    const refunded = await refund({ body: { seatNumbers: [8] } });
    expect(refunded).toMatchObject({ status: 201 });
    expect(refunded.body).toEqual({
      id: refunded.body.id,
      reservationId: id,
      seatNumbers: [8],
      amount: PRICE,
      balanceAfter: 900,
      refundedAt: new Date(START).toISOString(),
    });
    const again = await refund({ body: { seatNumbers: [8] } });
    expect(again).toMatchObject({ status: 409, body: { code: 'SEAT_ALREADY_REFUNDED', refundedSeats: [8] } });
    expect(await refund({})).toMatchObject({ status: 201, body: { seatNumbers: [7], balanceAfter: 1_000 } });
    const over = await call(`GET /v1/reservations/${id}`, { as: 'fan' });
    expect(over.body).toMatchObject({ status: 'REFUNDED', refundedSeats: [7, 8], refundedAmount: 2 * PRICE });
    const back = await call(`GET /v1/payments/${paid.body.id}`, { as: 'fan' });
    expect(back.body).toEqual({ ...paid.body, refundedAmount: 2 * PRICE });
  });

  it('has a wallet before the first charge, and a ledger after it', async () => {
    const server = createTestServer();
    const empty = await server.call('GET /v1/wallet', { as: 'fan' });
    expect(empty).toMatchObject({ status: 200, body: { balance: 0, currency: 'KRW' } });

    const charged = await chargeWallet(server, 'fan', 5_000);
    await chargeWallet(server, 'fan', 70);
    const entries = await server.call('GET /v1/wallet/entries', { as: 'fan' });
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

  it('has one place however often it joins, and ends it by leaving', async () => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    const ticket = await join(server, concertId, 'fan');

    const again = await server.call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'fan' });
    expect(again.status).toBe(200);
    expect(again.headers.location).toBeUndefined();

    const left = await server.call('DELETE /v1/queue-tokens/current', { ticket });
    expect(left).toMatchObject({ status: 204, body: undefined });
    expect((await server.call('DELETE /v1/queue-tokens/current', { ticket })).status).toBe(204);
    const status = await server.call('GET /v1/queue-tokens/current', { ticket });
    expect(status.body).toMatchObject({ status: 'LEFT', estimatedWaitSeconds: null });
    const seats = await server.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket });
    expect(seats).toMatchObject({ status: 403, body: { queueTokenStatus: 'LEFT' } });
  });

  it('waits while the room is full, and may neither read the seat map nor hold seats', async () => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
      ...ADMIN,
      body: { admission: { maxActive: 1 } },
    });
    await join(server, concertId, 'first');
    const waiting = await server.call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'second' });
    expect(waiting.body).toMatchObject({ status: 'WAITING', position: 1, sessionExpiresAt: null });

    const call = { as: 'second', ticket: waiting.body.token as string };
    const refused = await server.call(`GET /v1/events/${eventId}/seats`, call);
    expect(refused.body).toMatchObject({ code: 'QUEUE_TOKEN_NOT_ACTIVE', queueTokenStatus: 'WAITING' });
    const held = await server.call('POST /v1/reservations', {
      ...call,
      key: newKey(),
      body: { eventId, seatNumbers: [1] },
    });
    expect(held.body.code).toBe('QUEUE_TOKEN_NOT_ACTIVE');
  });

  it('filters the seat map by status; the counts are of the whole event', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { ticket } = await hold(server, sale, 'fan', [3, 4]);
    const held = await server.call(`GET /v1/events/${sale.eventId}/seats?status=HELD`, { as: 'fan', ticket });
    expect(held.body).toEqual({
      eventId: sale.eventId,
      seatCount: 50,
      availableCount: 48,
      layoutVersion: 0,
      salesState: 'RUNNING',
      reason: null,
      seats: [3, 4].map((number) => ({ number, price: PRICE, status: 'HELD' })),
    });
    const sold = await server.call(`GET /v1/events/${sale.eventId}/seats?status=SOLD`, { as: 'fan', ticket });
    expect(sold.body).toMatchObject({ seatCount: 50, availableCount: 48, seats: [] });
  });
});
