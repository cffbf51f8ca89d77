import type { Idempotency } from '@frontrow/application/ports/shared/idempotency.ts';
import { describe, expect, it } from 'vitest';
import { chargeWallet, hold, join, newKey, putOnSale } from '../../support/scenario.ts';
import { createTestServer } from '../../support/test-server.ts';

describe('a repeated request', () => {
  it('gets the first answer of a hold, an extension, a payment and a charge again', async () => {
    const world = createTestServer();
    const { concertId, eventId } = await putOnSale(world);
    await chargeWallet(world, 'fan', 1_000);
    const ticket = await join(world, concertId, 'fan');
    const holding = { as: 'fan', ticket, key: newKey(), body: { eventId, seatNumbers: [1, 2] } };
    const { body: reservation } = await world.call('POST /v1/reservations', holding);
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
      const first = await world.call(operation, request);
      world.clock.advance(1_000);
      const second = await world.call(operation, request);
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
    expect((await world.call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(1_000 + 50 - 200);
  });

  it('is told by its header only', async () => {
    const world = createTestServer();
    expect((await chargeWallet(world, 'fan', 10)).headers['idempotent-replayed']).toBeUndefined();
  });

  it('with another body is refused, whatever the order of its members', async () => {
    const world = createTestServer();
    const { concertId, eventId } = await putOnSale(world);
    const ticket = await join(world, concertId, 'fan');
    const request = { as: 'fan', ticket, key: newKey() };
    await world.call('POST /v1/reservations', { ...request, body: { eventId, seatNumbers: [1] } });
    const same = await world.call('POST /v1/reservations', {
      ...request,
      body: { seatNumbers: [1], eventId },
    });
    expect(same.headers['idempotent-replayed']).toBe('true');
    const other = await world.call('POST /v1/reservations', {
      ...request,
      body: { eventId, seatNumbers: [2] },
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('is another request for another user, and on another path', async () => {
    const world = createTestServer();
    const request = { key: 'shared', body: { amount: 10 } };
    const answers = [
      await world.call('POST /v1/wallet/charges', { as: 'one', ...request }),
      await world.call('POST /v1/wallet/charges', { as: 'two', ...request }),
    ];
    const sale = await putOnSale(world);
    for (const as of ['one', 'two']) {
      const { id } = await hold(world, sale, as, [as === 'one' ? 1 : 2]);
      answers.push(await world.call(`POST /v1/reservations/${id}/extend`, { as, key: 'shared' }));
    }
    for (const { status, headers } of answers)
      expect([status < 300, headers['idempotent-replayed']]).toEqual([true, undefined]);
  });

  it('is evaluated anew after a refusal', async () => {
    const world = createTestServer();
    const { id } = await hold(world, await putOnSale(world), 'fan');
    const request = { as: 'fan', key: newKey(), body: { reservationId: id } };
    expect((await world.call('POST /v1/payments', request)).status).toBe(402);
    await chargeWallet(world, 'fan', 1_000);
    const paid = await world.call('POST /v1/payments', request);
    expect([paid.status, paid.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('is asked to come back while the first is under way', async () => {
    const busy: Pick<Idempotency, 'claim'> = { claim: async () => ({ kind: 'IN_PROGRESS' }) };
    const world = createTestServer({
      replacePorts: (ports) => ({
        ...ports,
        transact: (work) =>
          ports.transact((unit) => work({ ...unit, idempotency: { ...unit.idempotency, ...busy } })),
      }),
    });
    const answer = await chargeWallet(world, 'fan', 10);
    expect(answer).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_IN_PROGRESS' } });
    expect(answer.headers['retry-after']).toBe('1');
  });
});
