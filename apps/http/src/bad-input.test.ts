import { describe, expect, it } from 'vitest';
import { ADMIN, type OnSale, chargeWallet, hold, join, newKey, putOnSale } from './testing/scenario.ts';
import { type World, createWorld } from './testing/world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** What a refused request must leave as it was. */
async function observe(world: World, { concertId, eventId }: OnSale, ticket: string) {
  const [seats, wallet, reservations, concerts, dates, policy] = await Promise.all([
    world.call(`GET /v1/events/${eventId}/seats`, { as: 'fan', ticket }),
    world.call('GET /v1/wallet/entries', { as: 'fan' }),
    world.call('GET /v1/reservations', { as: 'fan' }),
    world.call('GET /v1/concerts'),
    world.call(`GET /v1/concerts/${concertId}/events`),
    world.call(`GET /v1/admin/concerts/${concertId}/policy`, ADMIN),
  ]);
  return [seats, wallet, reservations, concerts, dates, policy].map(({ body }) => body);
}

async function openWorld() {
  const world = createWorld();
  const sale = await putOnSale(world);
  const ticket = await join(world, sale.concertId, 'fan');
  return { world, sale, ticket };
}

const refusals: Record<string, [body: unknown, pointer: string][]> = {
  'POST /v1/reservations': [
    [{}, '/eventId'],
    [null, ''],
    [[], ''],
    ['text', ''],
    [{ eventId: 'e', seatNumbers: [1], userId: 'other' }, '/userId'],
    [{ eventId: 'e', seatNumbers: [1], 'a/b~c': 1 }, '/a~1b~0c'],
    [{ eventId: 7, seatNumbers: [1] }, '/eventId'],
    [{ eventId: '', seatNumbers: [1] }, '/eventId'],
    [{ eventId: 'e'.repeat(65), seatNumbers: [1] }, '/eventId'],
    [{ eventId: 'e', seatNumbers: [] }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: 1 }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: { 0: 1 } }, '/seatNumbers'],
    [{ eventId: 'e', seatNumbers: [0] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [1, -1] }, '/seatNumbers/1'],
    [{ eventId: 'e', seatNumbers: [1.5] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: ['1'] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [null] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [50_001] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: [1e300] }, '/seatNumbers/0'],
    [{ eventId: 'e', seatNumbers: Array.from({ length: 51 }, (_, index) => index + 1) }, '/seatNumbers'],
  ],
  'POST /v1/wallet/charges': [
    [{}, '/amount'],
    [{ amount: 0 }, '/amount'],
    [{ amount: -5 }, '/amount'],
    [{ amount: 10.5 }, '/amount'],
    [{ amount: '10' }, '/amount'],
    [{ amount: true }, '/amount'],
    [{ amount: 1_000_000_000_001 }, '/amount'],
    [{ amount: 1e400 }, '/amount'],
    [{ amount: 10, currency: 'KRW' }, '/currency'],
  ],
  'POST /v1/payments': [
    [{}, '/reservationId'],
    [{ reservationId: 1 }, '/reservationId'],
    [{ reservationId: 'r', amount: 1 }, '/amount'],
  ],
};

describe('a body that breaks the syntax', () => {
  for (const [operation, cases] of Object.entries(refusals)) {
    it(`is refused by ${operation}, with a pointer, and changes nothing`, async () => {
      const { world, sale, ticket } = await openWorld();
      const before = await observe(world, sale, ticket);
      for (const [body, pointer] of cases) {
        const answer = await world.call(operation as 'POST /', {
          ...{ as: 'fan', ticket, key: newKey(), headers: JSON_TYPE },
          body: JSON.stringify(body),
        });
        expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
        expect(answer.body.errors[0]).toEqual({ pointer, detail: expect.any(String) });
      }
      expect(await observe(world, sale, ticket)).toEqual(before);
    });
  }

  it('is refused by the admin routes, and changes nothing', async () => {
    const { world, sale, ticket } = await openWorld();
    const before = await observe(world, sale, ticket);
    const date = {
      venue: 'Hall',
      startsAt: '2026-12-24T10:00:00Z',
      reservationStartAt: '2026-12-01T11:00:00Z',
      reservationEndAt: '2026-12-24T09:00:00Z',
      price: 1,
    };
    const events = `POST /v1/admin/concerts/${sale.concertId}/events` as const;
    const policy = `PATCH /v1/admin/concerts/${sale.concertId}/policy` as const;
    const cases: [`POST ${string}` | `PATCH ${string}`, object, string][] = [
      ['POST /v1/admin/concerts', { title: 'A' }, '/artist'],
      ['POST /v1/admin/concerts', { title: '  ', artist: 'B' }, '/title'],
      ['POST /v1/admin/concerts', { title: 'A'.repeat(201), artist: 'B' }, '/title'],
      ['POST /v1/admin/concerts', { title: 'A', artist: 'B', id: 'mine' }, '/id'],
      [events, { ...date, seatCount: 0 }, '/seatCount'],
      [events, { ...date, seatCount: 50_001 }, '/seatCount'],
      [events, { ...date, seatCount: 1.5 }, '/seatCount'],
      [events, { ...date, price: -1 }, '/price'],
      [events, { ...date, price: 1_000_000_000_001 }, '/price'],
      [events, { ...date, startsAt: 'tomorrow' }, '/startsAt'],
      [events, { ...date, startsAt: '2026-02-30T00:00:00Z' }, '/startsAt'],
      [events, { ...date, startsAt: '0001-01-01T00:00:00Z' }, '/startsAt'],
      [events, { ...date, startsAt: 1_798_000_000_000 }, '/startsAt'],
      [events, { ...date, refundUntil: null }, '/refundUntil'],
      [policy, { admission: { batchSize: 0 } }, '/admission/batchSize'],
      [policy, { admission: { batchSize: 100_001 } }, '/admission/batchSize'],
      [policy, { admission: { batchSize: null } }, '/admission/batchSize'],
      [policy, { admission: { intervalMs: 99 } }, '/admission/intervalMs'],
      [policy, { admission: { sessionTtlMs: 86_400_001 } }, '/admission/sessionTtlMs'],
      [policy, { admission: { claimTtlMs: 100.5 } }, '/admission/claimTtlMs'],
      [policy, { admission: { state: 'STOPPED' } }, '/admission/state'],
      [policy, { admission: { shape: 'SMOOTH' } }, '/admission/shape'],
      [policy, { admission: { maxActive: -1 } }, '/admission/maxActive'],
      [policy, { admission: { sellableFactor: 0 } }, '/admission/sellableFactor'],
      [policy, { admission: { speed: 1 } }, '/admission/speed'],
      [policy, { hold: { ttlMs: 10 } }, '/hold/ttlMs'],
      [policy, { hold: { maxExtensions: -1 } }, '/hold/maxExtensions'],
      [policy, { hold: { maxSeatsPerReservation: 51 } }, '/hold/maxSeatsPerReservation'],
      [policy, { holds: {} }, '/holds'],
    ];
    for (const [operation, body, pointer] of cases) {
      const answer = await world.call(operation, { ...ADMIN, body });
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    }
    expect(await observe(world, sale, ticket)).toEqual(before);
  });

  it('is refused where no body is taken, and an empty one is not', async () => {
    const { world, sale } = await openWorld();
    const { id } = await hold(world, sale, 'other', [9]);
    const path = `POST /v1/reservations/${id}/extend` as const;
    const unknown = await world.call(path, { as: 'other', key: newKey(), body: { ttlMs: 1_000_000 } });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ pointer: '/ttlMs' }] } });
    const empty = await world.call(path, { as: 'other', key: newKey(), headers: JSON_TYPE, body: '' });
    expect(empty.status).toBe(200);
    const joined = await world.call(`POST /v1/concerts/${sale.concertId}/queue-tokens`, { as: 'third', body: {} });
    expect(joined.status).toBe(201);
  });
});

describe('a body that cannot be read', () => {
  const charge = (world: World, body: unknown, headers: Record<string, string>) =>
    world.call('POST /v1/wallet/charges', { as: 'fan', key: newKey(), headers, body });

  it('is refused as malformed, oversized or of another type, and charges nothing', async () => {
    const world = createWorld();
    for (const text of ['{', '{"amount":1', '{"amount":01}', "{'amount':1}", '{"__proto__":{"amount":1}}', ''])
      expect(await charge(world, text, JSON_TYPE)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });

    const large = JSON.stringify({ amount: 1, padding: 'x'.repeat(16 * 1024) });
    expect(await charge(world, large, JSON_TYPE)).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'rubbish', 'application/jsonx'])
      expect(await charge(world, '{"amount":1}', { 'content-type': type })).toMatchObject({
        status: 415,
        body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
      });
    expect((await charge(world, Buffer.from('{"amount":1}'), {})).status).toBe(415);
    expect((await world.call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(0);
    const named = await charge(world, '{"amount":1}', { 'content-type': 'application/json; charset=utf-8' });
    expect(named.status).toBe(201);
  });
});

describe('a query, a path and a header', () => {
  it('are refused with a pointer to the part of the request', async () => {
    const { world, ticket, sale } = await openWorld();
    const cases: [`GET ${string}`, string][] = [
      ...['0', '101', '-1', '1.5', 'ten', ''].map((limit): [`GET ${string}`, string] => [
        `GET /v1/concerts?limit=${limit}`,
        '/query/limit',
      ]),
      ['GET /v1/concerts?limit=1&limit=2', '/query/limit'],
      ['GET /v1/concerts?cursor=rubbish', '/query/cursor'],
      [`GET /v1/concerts?cursor=${Buffer.from('events:1:a').toString('base64url')}`, '/query/cursor'],
      [`GET /v1/concerts/${sale.concertId}/events?bookable=yes`, '/query/bookable'],
      [`GET /v1/concerts/${'c'.repeat(65)}`, '/path/concertId'],
    ];
    for (const [operation, pointer] of cases)
      expect(await world.call(operation), operation).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED', errors: [{ pointer }] },
      });
    const seats = await world.call(`GET /v1/events/${sale.eventId}/seats?status=FREE`, { as: 'fan', ticket });
    expect(seats).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/status' }] } });
    expect((await world.call('GET /v1/concerts/%ff')).status).toBe(400);
  });

  it('needs a key of visible ASCII where a key is required', async () => {
    const { call } = createWorld();
    const charge = (headers: Record<string, string>) =>
      call('POST /v1/wallet/charges', { as: 'fan', headers, body: { amount: 1 } });
    for (const headers of [{}, { 'idempotency-key': '' }])
      expect(await charge(headers)).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REQUIRED' } });
    for (const key of ['two words', 'k'.repeat(256), 'schlüssel'])
      expect(await charge({ 'idempotency-key': key })).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/header/Idempotency-Key' }] },
      });
    expect((await charge({ 'idempotency-key': 'k'.repeat(255) })).status).toBe(201);
  });
});

describe('seats that the event does not have', () => {
  it('are refused after the ticket, with a pointer', async () => {
    const { world, sale, ticket } = await openWorld();
    const attempt = (seatNumbers: number[]) =>
      world.call('POST /v1/reservations', {
        ...{ as: 'fan', ticket, key: newKey() },
        body: { eventId: sale.eventId, seatNumbers },
      });
    expect(await attempt([51])).toMatchObject({ status: 400, body: { errors: [{ pointer: '/seatNumbers/0' }] } });
    expect(await attempt([2, 2])).toMatchObject({ status: 400, body: { errors: [{ pointer: '/seatNumbers/1' }] } });
  });
});

describe('a ticket', () => {
  it('that is missing, forged or somebody else\'s opens nothing', async () => {
    const { world, sale, ticket } = await openWorld();
    const other = await join(world, sale.concertId, 'other');
    const { eventId } = sale;
    const calls = [
      [`GET /v1/events/${eventId}/seats`, {}],
      ['POST /v1/reservations', { key: newKey(), body: { eventId, seatNumbers: [1] } }],
    ] as const;
    for (const [operation, call] of calls) {
      expect((await world.call(operation, { as: 'fan', ...call })).body.code).toBe('QUEUE_TOKEN_REQUIRED');
      for (const wrong of [other, `${ticket}x`, ticket.slice(0, -1), 'rubbish', 'v1.test..'])
        expect(await world.call(operation, { as: 'fan', ticket: wrong, ...call }), wrong).toMatchObject({
          status: 403,
          body: { code: 'QUEUE_TOKEN_INVALID' },
        });
      const unknown = await world.call(operation.replace(eventId, 'none') as typeof operation, {
        as: 'fan',
        ticket: 'rubbish',
        ...call,
      });
      expect(unknown.body.code).toBe('QUEUE_TOKEN_INVALID');
    }
    for (const operation of ['GET', 'DELETE'] as const) {
      const path = `${operation} /v1/queue-tokens/current` as const;
      expect((await world.call(path)).body.code).toBe('QUEUE_TOKEN_REQUIRED');
      expect((await world.call(path, { ticket: `${ticket}x` })).body.code).toBe('QUEUE_TOKEN_INVALID');
    }
  });

  it('whose session is over opens nothing, and its holder may still pay', async () => {
    const { world, sale } = await openWorld();
    const { ticket, id } = await hold(world, sale, 'other', [7]);
    await chargeWallet(world, 'other', 1_000);
    await world.call(`PATCH /v1/admin/concerts/${sale.concertId}/policy`, {
      ...ADMIN,
      body: { hold: { ttlMs: 1_000_000 } },
    });
    await world.call(`POST /v1/reservations/${id}/extend`, { as: 'other', key: newKey() });
    world.clock.advance(600_001);
    const seats = await world.call(`GET /v1/events/${sale.eventId}/seats`, { as: 'other', ticket });
    expect(seats.body).toMatchObject({ code: 'QUEUE_TOKEN_NOT_ACTIVE', queueTokenStatus: 'EXPIRED' });
    const body = { reservationId: id };
    expect((await world.call('POST /v1/payments', { as: 'other', key: newKey(), body })).status).toBe(201);
  });
});
