import { describe, expect, it } from 'vitest';
import { type Call, refusalOf } from '../support/caller.ts';
import { ADMIN, join, newKey, putOnSale } from '../support/scenario.ts';
import { START, type TestServer, type TestServerOptions, createTestServer } from '../support/test-server.ts';

const LIMITED = [429, 'RATE_LIMITED'];

function openServer(options: TestServerOptions = {}) {
  return createTestServer({ limitsClients: true, ...options });
}

/** Sends the request until it is refused; answers how many were not. */
async function countUntilLimited(
  server: TestServer,
  operation: Parameters<TestServer['call']>[0],
  call: Call,
) {
  for (let count = 0; ; count += 1) {
    const answer = await server.call(operation, { ...call, key: newKey() });
    if (answer.status === 429) return count;
  }
}

async function read({ app }: TestServer, remoteAddress: string, forwarded?: string): Promise<number> {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return (await app.inject({ url: '/v1/concerts', remoteAddress, headers })).statusCode;
}

/** Sends as many reads as an address may send. */
async function useUp(server: TestServer, remoteAddress: string, forwarded?: string): Promise<void> {
  for (let n = 0; n < 5_000; n += 1) await read(server, remoteAddress, forwarded);
}

describe('the requests of one user', () => {
  it('are refused beyond the limit of their kind, with Retry-After, and answered after it', async () => {
    const server = openServer();
    const charge = () =>
      server.call('POST /v1/wallet/charges', { as: 'fan', key: newKey(), body: { amount: 1 } });
    const first = await charge();
    expect(first.status).toBe(201);
    expect(first.headers['ratelimit-policy']).toBe('"charges-per-user";q=50;w=10');
    expect(first.headers['ratelimit']).toBe('"charges-per-user";r=49;t=10');
    server.clock.advance(2_500);
    for (let n = 2; n <= 50; n += 1) expect((await charge()).status).toBe(201);
    const refused = await charge();
    expect(refusalOf(refused)).toEqual(LIMITED);
    expect(refused.headers['retry-after']).toBe('8');
    expect(refused.headers['ratelimit']).toBe('"charges-per-user";r=0;t=8');
    expect((await server.call('GET /v1/wallet', { as: 'fan' })).body.balance).toBe(50);
    server.clock.advance(8_000);
    expect((await charge()).status).toBe(201);
  });

  it('are limited on joins, holds, payments and reads, and those of others are not', async () => {
    const server = openServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    const joins = `POST /v1/concerts/${sale.concertId}/queue-tokens` as const;
    const seats = `GET /v1/events/${sale.eventId}/seats` as const;
    const body = { eventId: sale.eventId, seatNumbers: [1] };
    const pay = { as: 'fan', body: { reservationId: 'none' } };
    expect(await countUntilLimited(server, joins, { as: 'fan' })).toBe(49); // the fan has joined once
    expect(await countUntilLimited(server, 'POST /v1/reservations', { as: 'fan', ticket, body })).toBe(50);
    expect(await countUntilLimited(server, 'POST /v1/payments', pay)).toBe(50);
    expect(await countUntilLimited(server, seats, { as: 'fan', ticket })).toBe(100);
    expect(refusalOf(await server.call('GET /v1/wallet', { as: 'fan' }))).toEqual(LIMITED);
    expect((await server.call('GET /v1/wallet', { as: 'another' })).status).toBe(200);
    expect((await server.call(joins, { as: 'another' })).status).toBe(201);
  });

  it('are limited on sale codes more than on other joins, whether or not they are right', async () => {
    const server = openServer();
    const { concertId } = await putOnSale(server);
    const publicStartAt = new Date(START + 1_000).toISOString();
    await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
      ...ADMIN,
      body: { presale: { publicStartAt } },
    });
    const joins = `POST /v1/concerts/${concertId}/queue-tokens` as const;
    const guess = { as: 'fan', body: { code: '0000-0000-0000-0000' } };
    const first = await server.call(joins, guess);
    expect(refusalOf(first)).toEqual([422, 'SALE_CODE_INVALID']);
    expect(first.headers['ratelimit']).toBe('"saleCodes-per-user";r=19;t=10');
    expect(await countUntilLimited(server, joins, guess)).toBe(19);
    expect(refusalOf(await server.call(joins, { ...guess, as: 'another' }))[0]).toBe(422);
    expect(refusalOf(await server.call(joins, { as: 'fan' }))).toEqual([403, 'SALE_CODE_REQUIRED']);
  });

  it('count by the ticket where there is no access token', async () => {
    const server = openServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    const left = await countUntilLimited(server, 'DELETE /v1/queue-tokens/current', { ticket });
    expect(left).toBe(49);
  });

  it('do not use up the polls of the user', async () => {
    const server = openServer();
    const sale = await putOnSale(server);
    const ticket = await join(server, sale.concertId, 'fan');
    await countUntilLimited(server, 'GET /v1/wallet', { as: 'fan' });
    const poll = await server.call('GET /v1/queue-tokens/current', { ticket });
    expect([poll.status, poll.headers['ratelimit']]).toEqual([200, undefined]);
  });

  it('are counted only once they are valid', async () => {
    const server = openServer();
    for (let n = 0; n < 60; n += 1) {
      const invalid = { as: 'fan', key: newKey(), body: { amount: -1 } };
      expect((await server.call('POST /v1/wallet/charges', invalid)).status).toBe(400);
    }
    const charge = { as: 'fan', key: newKey(), body: { amount: 1 } };
    expect((await server.call('POST /v1/wallet/charges', charge)).status).toBe(201);
  });
});

describe('the requests of one address', () => {
  it('are refused beyond the limit without an identity too, and answers that caches share have no count', async () => {
    const server = openServer();
    const { headers } = await server.app.inject('/v1/concerts');
    expect(headers).not.toHaveProperty('ratelimit');
    await useUp(server, '127.0.0.1');
    const refused = await server.call('GET /v1/concerts');
    expect(refusalOf(refused)).toEqual(LIMITED);
    expect(refused.headers['ratelimit']).toBe('"catalog-per-address";r=0;t=10');
    expect((await server.call('GET /v1/wallet', { as: 'fan' })).status).toBe(200);
    expect(await read(server, '192.0.2.9')).toBe(200);
  });

  it('count by X-Forwarded-For of a trusted proxy, and by the peer of any other', async () => {
    const server = openServer({ trustedProxies: ['10.0.0.0/8'] });
    await useUp(server, '10.0.0.1', '198.51.100.7');
    expect(await read(server, '10.0.0.1', '198.51.100.7')).toBe(429);
    expect(await read(server, '10.0.0.1', '198.51.100.8')).toBe(200);
    // The client wrote the first address, its proxy the last.
    expect(await read(server, '10.0.0.2', '198.51.100.8, 198.51.100.7')).toBe(429);
    expect(await read(server, '192.0.2.1', '198.51.100.7')).toBe(200);
  });

  it('ignore X-Forwarded-For without a trusted proxy, which the log says once', async () => {
    const server = openServer();
    await useUp(server, '192.0.2.1', '198.51.100.7');
    expect(await read(server, '192.0.2.1', '198.51.100.8')).toBe(429);
    expect(await read(server, '192.0.2.2', '198.51.100.7')).toBe(200);
    expect(server.logs.filter((line) => line.includes('TRUST_PROXY'))).toHaveLength(1);
  });

  it('count by the network of 64 bits of an IPv6 address', async () => {
    const server = openServer();
    await useUp(server, '2001:db8::1');
    expect(await read(server, '2001:db8::ffff:2')).toBe(429);
    expect(await read(server, '2001:db8:0:1::1')).toBe(200);
    await useUp(server, '192.0.2.1');
    expect(await read(server, '::ffff:192.0.2.1')).toBe(429);
  });

  it('count by the proxy where it forwards no address', async () => {
    const server = openServer({ trustedProxies: ['10.0.0.0/8'] });
    await useUp(server, '10.0.0.1', 'unknown');
    expect(await read(server, '10.0.0.1', 'another text')).toBe(429);
  });
});
