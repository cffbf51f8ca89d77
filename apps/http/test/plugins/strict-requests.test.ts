import { describe, expect, it } from 'vitest';
import { refusalOf } from '../support/caller.ts';
import { ADMIN, hold, join, newKey, putOnSale } from '../support/scenario.ts';
import { type TestServer, createTestServer } from '../support/test-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const INVALID = [400, 'VALIDATION_FAILED'];

const CONCERT = { title: 'Winter Light', artist: 'The Night Owls' };
const createConcert = ({ call }: TestServer, body: unknown) =>
  call('POST /v1/admin/concerts', { ...ADMIN, headers: JSON_TYPE, body });

describe('a route without a body', () => {
  it('refuses one, and keeps the hold that the request asked to reduce', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { id, ticket } = await hold(server, sale, 'fan', [1, 2, 3]);
    const body = { seatNumbers: [3] };
    const cancelled = await server.call(`DELETE /v1/reservations/${id}`, { as: 'fan', body });
    expect(refusalOf(cancelled)).toEqual(INVALID);
    expect(cancelled.body.errors).toEqual([{ pointer: '', detail: 'This route takes no body.' }]);
    const read = () => server.call(`GET /v1/reservations/${id}`, { as: 'fan' });
    expect((await read()).body).toMatchObject({ status: 'HELD', seatNumbers: [1, 2, 3] });

    const chunked = { 'transfer-encoding': 'chunked' };
    for (const [operation, call] of [
      [`DELETE /v1/reservations/${id}`, { as: 'fan', headers: chunked }],
      [`GET /v1/reservations/${id}`, { as: 'fan', headers: chunked }],
      ['GET /v1/wallet', { as: 'fan', body }],
      ['GET /v1/concerts', { body }],
      ['GET /v1/queue-tokens/current', { ticket, body }],
      ['DELETE /v1/queue-tokens/current', { ticket, body }],
    ] as const)
      expect(refusalOf(await server.call(operation, call))).toEqual(INVALID);
    expect((await read()).body.status).toBe('HELD');

    // Some clients name a type, or a length of 0, for a body that they do not send.
    const named = { as: 'fan', headers: { ...JSON_TYPE, 'content-length': '0' } };
    expect((await server.call(`DELETE /v1/reservations/${id}`, named)).status).toBe(204);
  });

  it('identifies the caller first', async () => {
    const { call } = createTestServer();
    expect((await call('GET /v1/wallet', { body: { amount: 1 } })).status).toBe(401);
  });
});

describe('a query parameter that the route does not know', () => {
  it('is refused by its name', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    for (const [operation, pointer] of [
      ['GET /v1/concerts?page=2', '/query/page'],
      [`GET /v1/concerts/${sale.concertId}?a%2Fb=1`, '/query/a~1b'],
      [`GET /v1/concerts/${sale.concertId}/events?onlyBookable=true`, '/query/onlyBookable'],
      [`GET /v1/events/${sale.eventId}/seats?state=FREE`, '/query/state'],
      ['GET /v1/wallet?currency=USD', '/query/currency'],
      ['GET /v1/queue-tokens/current?wait=1', '/query/wait'],
      ['POST /v1/wallet/charges?dryRun=true', '/query/dryRun'],
    ] as const) {
      const body = operation.startsWith('POST') ? { body: { amount: 1 } } : {};
      const refused = await server.call(operation, { as: 'fan', ticket, key: newKey(), ...body });
      const found = [refused.status, refused.body.code, refused.body.errors?.[0].pointer];
      expect({ operation, found }).toEqual({ operation, found: [...INVALID, pointer] });
    }
  });
});

describe('the encoding of a body', () => {
  it('is UTF-8 without compression', async () => {
    const server = createTestServer();
    const charge = (headers: Record<string, string>) =>
      server.call('POST /v1/wallet/charges', { as: 'fan', key: newKey(), headers, body: '{"amount":1}' });
    for (const headers of [
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      { ...JSON_TYPE, 'content-encoding': 'identity, br' },
      { 'content-type': 'application/json; charset=latin1' },
      { 'content-type': 'application/json;charset="UTF-16"' },
    ])
      expect(refusalOf(await charge(headers))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    for (const type of ['application/json; charset="UTF-8"', 'application/json;charset=utf-8'])
      expect((await charge({ 'content-type': type, 'content-encoding': 'identity' })).status).toBe(201);
  });
});

describe('a text', () => {
  it('has no lone surrogate, in a value or in a name', async () => {
    const server = createTestServer();
    const lone = String.raw`\ud83d`;
    for (const [json, pointer] of [
      [`{"title":"a${lone}","artist":"b"}`, '/title'],
      [`{"title":"a","artist":"${lone}b"}`, '/artist'],
      [`{"title":"a","artist":"b","description":"${lone}"}`, '/description'],
      [`{"title":"a","artist":"b","${lone}":1}`, ''],
      [`{"title":"a","artist":"b","x":[{"y/z":"${lone}"}]}`, '/x/0/y~1z'],
    ] as const) {
      const refused = await createConcert(server, json);
      expect([...refusalOf(refused), refused.body.errors[0].pointer]).toEqual([...INVALID, pointer]);
    }
    const bytes = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(refusalOf(await createConcert(server, bytes))).toEqual(INVALID);
    const pair = await createConcert(server, String.raw`{"title":"\ud83c\udfb5","artist":"b"}`);
    expect([pair.status, pair.body.title]).toEqual([201, '🎵']);
  });

  it('has no control characters, and as a name something to see', async () => {
    const server = createTestServer();
    const bad = ['a\u0000b', 'a\nb', '\u001b[31m', '\u200b\u200d', '\u2060', '\u3164', '\u00ad', ' \u200b '];
    for (const text of bad)
      for (const member of ['title', 'artist'])
        expect([text, refusalOf(await createConcert(server, { ...CONCERT, [member]: text }))]).toEqual([
          text,
          INVALID,
        ]);
    const description = 'First line\r\n\tsecond';
    expect((await createConcert(server, { ...CONCERT, description })).status).toBe(201);
    expect(refusalOf(await createConcert(server, { ...CONCERT, description: 'a\u0000' }))).toEqual(INVALID);
    // A joiner inside of a name is part of its spelling.
    const family = '👨\u200d👩\u200d👧';
    expect((await createConcert(server, { ...CONCERT, title: family })).body.title).toBe(family);
  });
});
