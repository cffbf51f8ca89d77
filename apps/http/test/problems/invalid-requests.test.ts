import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/caller.ts';
import { join, newKey, putOnSale } from '../support/scenario.ts';
import { type TestServer, createTestServer } from '../support/test-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function charge(server: TestServer, body: unknown, headers: Record<string, string>) {
  return server.call('POST /v1/wallet/charges', { as: 'fan', key: newKey(), headers, body });
}

describe('a body that cannot be read', () => {
  it('is refused as malformed, oversized or of another type, and charges nothing', async () => {
    const server = createTestServer();
    const texts = [
      '{',
      '{"amount":1',
      '{"amount":01}',
      "{'amount':1}",
      '{"__proto__":{"amount":1}}',
      '{"amount":1e400}',
      '',
    ];
    for (const text of texts) {
      const refusal = refusalOf(await charge(server, text, JSON_TYPE));
      expect({ text, refusal }).toEqual({ text, refusal: [400, 'VALIDATION_FAILED'] });
    }

    const large = JSON.stringify({ amount: 1, padding: 'x'.repeat(16 * 1024) });
    expect(await charge(server, large, JSON_TYPE)).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });

    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'rubbish', 'application/jsonx'])
      expect(await charge(server, '{"amount":1}', { 'content-type': type })).toMatchObject({
        status: 415,
        body: { code: 'UNSUPPORTED_MEDIA_TYPE' },
      });
    expect((await charge(server, Buffer.from('{"amount":1}'), {})).status).toBe(415);
    expect((await server.call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(0);
    const named = await charge(server, '{"amount":1}', { 'content-type': 'application/json; charset=utf-8' });
    expect(named.status).toBe(201);
  });
});

describe('a query, a path and a header', () => {
  it('are refused with a pointer to the part of the request', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    const cases: [`GET ${string}`, string][] = [
      ...['0', '101', '-1', '1.5', 'ten', ''].map((limit): [`GET ${string}`, string] => [
        `GET /v1/concerts?limit=${limit}`,
        '/query/limit',
      ]),
      ['GET /v1/concerts?limit=1&limit=2', '/query/limit'],
      ['GET /v1/concerts?cursor=rubbish', '/query/cursor'],
      ['GET /v1/concerts?bookable=yes', '/query/bookable'],
      ['GET /v1/concerts?q=%20', '/query/q'],
      [`GET /v1/concerts?q=${'q'.repeat(101)}`, '/query/q'],
      [`GET /v1/concerts?cursor=${Buffer.from('events:1:a').toString('base64url')}`, '/query/cursor'],
      [`GET /v1/concerts/${sale.concertId}/events?bookable=yes`, '/query/bookable'],
      [`GET /v1/concerts/${sale.concertId}/events?from=tomorrow`, '/query/from'],
      [`GET /v1/concerts/${sale.concertId}/events?to=2026-13-01T00:00:00Z`, '/query/to'],
      ...['events:1:a', 'upcoming-events:REST:1', `upcoming-events:UPCOMING:${'9'.repeat(16)}:`].map(
        (text): [`GET ${string}`, string] => [
          `GET /v1/concerts/${sale.concertId}/events?cursor=${Buffer.from(text).toString('base64url')}`,
          '/query/cursor',
        ],
      ),
      [`GET /v1/concerts/${'c'.repeat(65)}`, '/path/concertId'],
    ];
    for (const [operation, pointer] of cases) {
      const { status, body } = await server.call(operation);
      const refusal = [status, body.code, body.errors[0].pointer];
      expect({ operation, refusal }).toEqual({ operation, refusal: [400, 'VALIDATION_FAILED', pointer] });
    }
    const seats = await server.call(`GET /v1/events/${sale.eventId}/seats?status=FREE`, {
      as: 'fan',
      ticket,
    });
    expect(seats).toMatchObject({ status: 400, body: { errors: [{ pointer: '/query/status' }] } });
    expect((await server.call('GET /v1/concerts/%ff')).status).toBe(400);
  });

  it('need an idempotency key of visible ASCII where the route requires one', async () => {
    const { call } = createTestServer();
    const send = (headers: Record<string, string>) =>
      call('POST /v1/wallet/charges', { as: 'fan', headers, body: { amount: 1 } });
    for (const headers of [{}, { 'idempotency-key': '' }])
      expect(await send(headers)).toMatchObject({
        status: 400,
        body: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
      });
    for (const key of ['two words', 'k'.repeat(256), 'schlüssel'])
      expect(await send({ 'idempotency-key': key })).toMatchObject({
        status: 400,
        body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/header/Idempotency-Key' }] },
      });
    expect((await send({ 'idempotency-key': 'k'.repeat(255) })).status).toBe(201);
  });
});
