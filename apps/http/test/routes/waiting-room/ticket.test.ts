import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../support/caller.ts';
import { ADMIN, chargeWallet, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

async function openSale() {
  const server = createTestServer();
  const sale = await putOnSale(server);
  const ticket = await join(server, sale.concertId, 'fan');
  return { server, sale, ticket };
}

describe('seats that the event does not have', () => {
  it('are refused with a pointer, after the check of the ticket', async () => {
    const { server, sale, ticket } = await openSale();
    const attempt = (seatNumbers: number[]) =>
      server.call('POST /v1/reservations', {
        as: 'fan',
        ticket,
        key: newKey(),
        body: { eventId: sale.eventId, seatNumbers },
      });
    expect(await attempt([51])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/seatNumbers/0' }] },
    });
    expect(await attempt([2, 2])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/seatNumbers/1' }] },
    });
  });
});

describe('a ticket', () => {
  it("is refused where it is missing, forged or another user's", async () => {
    const { server, sale, ticket } = await openSale();
    const other = await join(server, sale.concertId, 'other');
    const { eventId } = sale;
    const calls = [
      [`GET /v1/events/${eventId}/seats`, {}],
      ['POST /v1/reservations', { key: newKey(), body: { eventId, seatNumbers: [1] } }],
    ] as const;
    for (const [operation, call] of calls) {
      expect((await server.call(operation, { as: 'fan', ...call })).body.code).toBe('QUEUE_TOKEN_REQUIRED');
      for (const wrong of [other, `${ticket}x`, ticket.slice(0, -1), 'rubbish', 'v1.test..']) {
        const refusal = refusalOf(await server.call(operation, { as: 'fan', ticket: wrong, ...call }));
        expect({ wrong, refusal }).toEqual({ wrong, refusal: [403, 'QUEUE_TOKEN_INVALID'] });
      }
      const unknown = await server.call(operation.replace(eventId, 'none') as typeof operation, {
        as: 'fan',
        ticket: 'rubbish',
        ...call,
      });
      expect(unknown.body.code).toBe('QUEUE_TOKEN_INVALID');
    }
    for (const operation of ['GET', 'DELETE'] as const) {
      const path = `${operation} /v1/queue-tokens/current` as const;
      expect((await server.call(path)).body.code).toBe('QUEUE_TOKEN_REQUIRED');
      expect((await server.call(path, { ticket: `${ticket}x` })).body.code).toBe('QUEUE_TOKEN_INVALID');
    }
  });

  it('is refused after its session, and its holder may still pay', async () => {
    const { server, sale } = await openSale();
    const { ticket, id } = await hold(server, sale, 'other', [7]);
    await chargeWallet(server, 'other', 1_000);
    await server.call(`PATCH /v1/admin/concerts/${sale.concertId}/policy`, {
      ...ADMIN,
      body: { hold: { ttlMs: 1_000_000 } },
    });
    await server.call(`POST /v1/reservations/${id}/extend`, { as: 'other', key: newKey() });
    server.clock.advance(600_001);
    const seats = await server.call(`GET /v1/events/${sale.eventId}/seats`, { as: 'other', ticket });
    expect(seats.body).toMatchObject({ code: 'QUEUE_TOKEN_NOT_ACTIVE', queueTokenStatus: 'EXPIRED' });
    const body = { reservationId: id };
    expect((await server.call('POST /v1/payments', { as: 'other', key: newKey(), body })).status).toBe(201);
  });
});
