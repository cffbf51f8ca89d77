import { POLICY_DEFAULT } from '@frontrow/domain/catalog/policy.ts';
import { HOLD_POLICY_DEFAULT } from '@frontrow/domain/booking/hold-policy.ts';
import { ADMISSION_POLICY_DEFAULT } from '@frontrow/domain/waiting-room/admission.ts';
import { describe, expect, it } from 'vitest';
import { ADMIN, join, newKey, putOnSale } from '../../support/scenario.ts';
import { START, createTestServer } from '../../support/test-server.ts';

const DATE = {
  venue: 'Olympic Hall',
  startsAt: '2026-12-24T19:00:00+09:00',
  reservationStartAt: '2026-12-01T11:00:00Z',
  reservationEndAt: '2026-12-24T09:00:00.000Z',
  price: 120_000,
};

describe('an operator', () => {
  it('creates a concert and its dates, which are public at once', async () => {
    const { call } = createTestServer();
    const body = { title: 'Winter Light', artist: 'Owls', description: 'Two nights.' };
    const created = await call('POST /v1/admin/concerts', { ...ADMIN, body });
    const concertId: string = created.body.id;
    expect(created.status).toBe(201);
    expect(created.headers.location).toBe(`/v1/concerts/${concertId}`);
    const selling = { salesState: 'RUNNING', reason: null };
    expect(created.body).toEqual({ id: concertId, ...body, visibility: 'PUBLISHED', ...selling });

    const date = await call(`POST /v1/admin/concerts/${concertId}/events`, { ...ADMIN, body: DATE });
    expect(date.status).toBe(201);
    expect(date.body).toEqual({
      id: date.body.id,
      concertId,
      venue: 'Olympic Hall',
      startsAt: '2026-12-24T10:00:00.000Z',
      timeZone: 'Asia/Seoul',
      reservationStartAt: '2026-12-01T11:00:00.000Z',
      reservationEndAt: '2026-12-24T09:00:00.000Z',
      refundUntil: '2026-12-24T09:00:00.000Z',
      seatCount: 50,
      price: 120_000,
      layoutVersion: 0,
      accessibleReleaseAt: null,
      ...selling,
    });

    expect((await call(`GET /v1/concerts/${concertId}`)).body).toEqual(created.body);
    expect((await call('GET /v1/concerts')).body).toEqual({ items: [created.body], nextCursor: null });
    const dates = await call(`GET /v1/concerts/${concertId}/events?bookable=true`);
    const left = { availableCount: 50, availableAsOf: '2026-12-01T11:00:00.000Z' };
    expect(dates.body).toEqual({ items: [{ ...date.body, ...left }], nextCursor: null });
    expect(dates.headers['cache-control']).toBe('public, max-age=1');
  });

  it('lists only dates on sale with bookable=true', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    server.clock.advance(6 * 3_600_000);
    expect((await server.call(`GET /v1/concerts/${concertId}/events?bookable=true`)).body.items).toEqual([]);
    expect(
      (await server.call(`GET /v1/concerts/${concertId}/events?bookable=false`)).body.items,
    ).toHaveLength(1);
    const closed = await server.call(`POST /v1/concerts/${concertId}/queue-tokens`, { as: 'fan' });
    expect(closed).toMatchObject({ status: 409, body: { code: 'ROOM_CLOSED' } });
  });

  it('gets a pointer to each time of a date that contradicts another', async () => {
    const { call } = createTestServer();
    const { body } = await call('POST /v1/admin/concerts', { ...ADMIN, body: { title: 'A', artist: 'B' } });
    const refused = await call(`POST /v1/admin/concerts/${body.id}/events`, {
      ...ADMIN,
      body: { ...DATE, reservationStartAt: '2026-12-24T09:30:00Z', refundUntil: '2026-12-25T00:00:00Z' },
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    const pointers = refused.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/reservationEndAt', '/refundUntil']);
  });

  it('changes only the named members of a policy', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const path = `/v1/admin/concerts/${concertId}/policy` as const;
    const before = await server.call(`GET ${path}`, ADMIN);
    expect(before.body).toEqual(POLICY_DEFAULT);

    const body = { admission: { shape: 'smooth', maxActive: 10, sellableFactor: 1.5 }, hold: { ttlMs: 100 } };
    const changed = await server.call(`PATCH ${path}`, { ...ADMIN, body });
    const expected = {
      admission: { ...ADMISSION_POLICY_DEFAULT, ...body.admission },
      hold: { ...HOLD_POLICY_DEFAULT, ttlMs: 100 },
      presale: null,
    };
    expect(changed).toMatchObject({ status: 200, body: expected });
    expect((await server.call(`PATCH ${path}`, { ...ADMIN, body: {} })).body).toEqual(expected);
    const reset = await server.call(`PATCH ${path}`, { ...ADMIN, body: { admission: { maxActive: null } } });
    expect(reset.body.admission).toMatchObject({ maxActive: null, sellableFactor: 1.5 });
    expect((await server.call(`GET ${path}`, ADMIN)).body).toEqual(reset.body);
  });

  it('stops and resumes sales with a reason that fans read', async () => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    const ticket = await join(server, concertId, 'fan');
    const path = `/v1/admin/events/${eventId}/sales` as const;
    const stopped = { salesState: 'STOPPED', reason: 'The price is wrong.' };
    const change = (body: object, to: `/v1/${string}` = path) => server.call(`PUT ${to}`, { ...ADMIN, body });
    expect(await change(stopped)).toMatchObject({ status: 200, body: { id: eventId, ...stopped } });
    const body = { eventId, seatNumbers: [1] };
    const hold = () => server.call('POST /v1/reservations', { as: 'fan', ticket, key: newKey(), body });
    expect(await hold()).toMatchObject({
      status: 409,
      body: { code: 'SALES_STOPPED', reason: 'The price is wrong.' },
    });
    expect((await server.call('GET /v1/queue-tokens/current', { ticket })).body).toMatchObject({
      room: 'PAUSED',
      reason: 'The price is wrong.',
    });
    const seats = await server.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket });
    expect(seats.body).toMatchObject(stopped);

    expect((await change({ salesState: 'RUNNING' })).body).toMatchObject({ reason: null });
    const ofConcert = await change({ salesState: 'STOPPED' }, `/v1/admin/concerts/${concertId}/sales`);
    expect(ofConcert).toMatchObject({
      status: 200,
      body: { id: concertId, salesState: 'STOPPED', reason: null },
    });
    expect((await hold()).body).toMatchObject({ code: 'SALES_STOPPED', reason: null });
    expect((await server.call(`GET /v1/concerts/${concertId}/events`)).body.items).toMatchObject([
      { salesState: 'STOPPED', reason: null },
    ]);
  });

  it.each([
    [{ salesState: 'RUNNING', reason: 'why' }, '/reason'],
    [{ salesState: 'STOPPED', reason: '' }, '/reason'],
    [{ salesState: 'STOPPED', reason: 'two\nlines' }, '/reason'],
    [{ salesState: 'STOPPED', reason: 'x'.repeat(201) }, '/reason'],
    [{ salesState: 'PAUSED' }, '/salesState'],
  ])('gets a pointer to what is wrong with the sales %j', async (body, pointer) => {
    const server = createTestServer();
    const { concertId, eventId } = await putOnSale(server);
    for (const path of [
      `/v1/admin/events/${eventId}/sales`,
      `/v1/admin/concerts/${concertId}/sales`,
    ] as const)
      expect(await server.call(`PUT ${path}`, { ...ADMIN, body })).toMatchObject({
        status: 400,
        body: {
          code: 'VALIDATION_FAILED',
          errors: expect.arrayContaining([expect.objectContaining({ pointer })]) as unknown,
        },
      });
  });

  it('pauses admission with a reason, which a change of the state drops', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const change = (admission: object) =>
      server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, { ...ADMIN, body: { admission } });
    const paused = { state: 'PAUSED', reason: 'We resume at 21:00.' };
    expect((await change(paused)).body.admission).toMatchObject(paused);
    expect((await change({ batchSize: 7 })).body.admission).toMatchObject(paused);
    const ticket = await join(server, concertId, 'fan');
    const status = await server.call('GET /v1/queue-tokens/current', { ticket });
    expect(status.body).toMatchObject({ room: 'PAUSED', reason: paused.reason });
    expect((await change({ state: 'RUNNING' })).body.admission).toMatchObject({ reason: null });
    expect(await change({ reason: 'why' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/admission/reason' }] },
    });
  });

  it('reads the waiting room and removes a fan from it', async () => {
    const server = createTestServer();
    const { concertId } = await putOnSale(server);
    const ticket = await join(server, concertId, 'fan@example.org');
    const room = await server.call(`GET /v1/admin/concerts/${concertId}/waiting-room`, ADMIN);
    expect(room).toMatchObject({
      status: 200,
      body: {
        concertId,
        room: 'OPEN',
        reason: null,
        restoringUntil: null,
        estimateError: null,
        waiting: 0,
        parked: 0,
        active: 1,
        admittedTotal: 1,
        completedTotal: 0,
      },
    });
    expect(room.body.rates).toEqual({
      admissionsPerSecondMax: 140,
      window: { openedAt: new Date(START).toISOString(), admitted: 1 },
    });

    const user = encodeURIComponent('fan@example.org');
    const removed = await server.call(
      `DELETE /v1/admin/concerts/${concertId}/waiting-room/users/${user}`,
      ADMIN,
    );
    expect(removed.status).toBe(204);
    expect((await server.call('GET /v1/queue-tokens/current', { ticket })).body.status).toBe('EXPIRED');
    const again = await server.call(
      `DELETE /v1/admin/concerts/${concertId}/waiting-room/users/nobody`,
      ADMIN,
    );
    expect(again.status).toBe(204);
  });

  it('gets NOT_FOUND for an unknown id or route', async () => {
    const { call } = createTestServer();
    const answers = await Promise.all([
      call('GET /v1/concerts/none'),
      call('GET /v1/concerts/none/events'),
      call('POST /v1/concerts/none/queue-tokens', { as: 'fan' }),
      call('GET /v1/reservations/none', { as: 'fan' }),
      call('GET /v1/payments/none', { as: 'fan' }),
      call('POST /v1/admin/concerts/none/events', { ...ADMIN, body: DATE }),
      call('PUT /v1/admin/concerts/none/sales', { ...ADMIN, body: { salesState: 'STOPPED' } }),
      call('PUT /v1/admin/events/none/sales', { ...ADMIN, body: { salesState: 'STOPPED' } }),
      call('GET /v1/admin/concerts/none/policy', ADMIN),
      call('PATCH /v1/admin/concerts/none/policy', { ...ADMIN, body: {} }),
      call('GET /v1/admin/concerts/none/waiting-room', ADMIN),
      call('DELETE /v1/admin/concerts/none/waiting-room/users/fan', ADMIN),
      call('GET /v1/nothing', { as: 'fan' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [404, 'NOT_FOUND']),
    );
  });

  it('may repeat a creation with the same key', async () => {
    const { call } = createTestServer();
    const request = { ...ADMIN, key: newKey(), body: { title: 'A', artist: 'B' } };
    const first = await call('POST /v1/admin/concerts', request);
    const second = await call('POST /v1/admin/concerts', request);
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect((await call('GET /v1/concerts')).body.items).toHaveLength(1);
  });
});
