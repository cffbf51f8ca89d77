import type { Idempotency } from '@frontrow/application/ports/shared/idempotency.ts';
import { describe, expect, it } from 'vitest';
import { chargeWallet, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

describe('a repeated request', () => {
  it('replays the answer of a hold, an extension, a payment and a charge', async () => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    await chargeWallet(server, 'fan', 1_000);
    const ticket = await join(server, concertId, 'fan');
    const holding = { as: 'fan', ticket, key: newKey(), body: { eventId, seatNumbers: [1, 2] } };
    const { body: reservation } = await server.call('POST /v1/reservations', holding);
    const extending = { as: 'fan', key: newKey() };
    const paying = { as: 'fan', key: newKey(), body: { reservationId: reservation.id } };
    const charging = { as: 'fan', key: newKey(), body: { amount: 50 } };
    const requests = [
      ['POST /v1/reservations', holding],
      [`POST /v1/reservations/${reservation.id}/extend`, extending],
      ['POST /v1/payments', paying],
      ['POST /v1/wallet/charges', charging],
    ] as const;

    for (const [operation, request] of requests) {
      const first = await server.call(operation, request);
      server.clock.advance(1_000);
      const second = await server.call(operation, request);
      const { status, body, headers } = second;
      const replay = {
        operation,
        status,
        body,
        location: headers.location,
        replayed: headers['idempotent-replayed'],
      };
      expect(replay).toEqual({
        operation,
        status: first.status,
        body: first.body,
        location: first.headers.location,
        replayed: 'true',
      });
    }
    expect((await server.call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(1_000 + 50 - 200);
  });

  it('alone is marked with Idempotent-Replayed', async () => {
    const server = createTestServer();
    expect((await chargeWallet(server, 'fan', 10)).headers['idempotent-replayed']).toBeUndefined();
  });

  it('is refused with another body; the order of the members does not matter', async () => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    const ticket = await join(server, concertId, 'fan');
    const request = { as: 'fan', ticket, key: newKey() };
    await server.call('POST /v1/reservations', { ...request, body: { eventId, seatNumbers: [1] } });
    const same = await server.call('POST /v1/reservations', {
      ...request,
      body: { seatNumbers: [1], eventId },
    });
    expect(same.headers['idempotent-replayed']).toBe('true');
    const other = await server.call('POST /v1/reservations', {
      ...request,
      body: { eventId, seatNumbers: [2] },
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('is another request for another user, and on another path', async () => {
    const server = createTestServer();
    const request = { key: 'shared', body: { amount: 10 } };
    const answers = [
      await server.call('POST /v1/wallet/charges', { as: 'one', ...request }),
      await server.call('POST /v1/wallet/charges', { as: 'two', ...request }),
    ];
    const sale = await putOnSale(server);
    for (const as of ['one', 'two']) {
      const { id } = await hold(server, sale, as, [as === 'one' ? 1 : 2]);
      answers.push(await server.call(`POST /v1/reservations/${id}/extend`, { as, key: 'shared' }));
    }
    for (const { status, headers } of answers)
      expect([status < 300, headers['idempotent-replayed']]).toEqual([true, undefined]);
  });

  it('is evaluated again after a refusal', async () => {
    const server = createTestServer();
    const { id } = await hold(server, await putOnSale(server), 'fan');
    const request = { as: 'fan', key: newKey(), body: { reservationId: id } };
    expect((await server.call('POST /v1/payments', request)).status).toBe(402);
    await chargeWallet(server, 'fan', 1_000);
    const paid = await server.call('POST /v1/payments', request);
    expect([paid.status, paid.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('gets Retry-After while the first is under way', async () => {
    const busy: Pick<Idempotency, 'claim'> = { claim: async () => [{ kind: 'IN_PROGRESS' }] };
    const server = createTestServer({
      replacePorts: (ports) => ({
        ...ports,
        transact: (work, subject) =>
          ports.transact((unit) => work({ ...unit, idempotency: { ...unit.idempotency, ...busy } }), subject),
      }),
    });
    const answer = await chargeWallet(server, 'fan', 10);
    expect(answer).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_IN_PROGRESS' } });
    expect(answer.headers['retry-after']).toBe('1');
  });
});
