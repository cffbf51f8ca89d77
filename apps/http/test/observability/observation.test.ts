import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it } from 'vitest';
import { chargeWallet, hold, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

/** A server whose wallet reads fail with this error. */
function failingWith(error: Error) {
  return createTestServer({
    replacePorts: (ports) => ({
      ...ports,
      walletReads: {
        ...ports.walletReads,
        find: async () => {
          throw error;
        },
      },
    }),
  });
}

describe('a failure', () => {
  it('of a dependency is 503 with Retry-After', async () => {
    const server = failingWith(new Unavailable('mysql'));
    const answer = await server.call('GET /v1/wallet', { as: 'fan' });
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('of the server is 500 without a detail, and is logged with the request id', async () => {
    const error = Object.assign(new Error('duplicate entry of a driver'), {
      sql: "select 'the values'",
      code: 'ER_X',
    });
    const { call, logs } = failingWith(error);
    const answer = await call('GET /v1/wallet', { as: 'fan', headers: { 'x-request-id': 'trace-7' } });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/driver|ER_X|\.ts|select/);
    const logged = logs.map((line) => JSON.parse(line)).find(({ err }) => err !== undefined);
    expect(logged).toMatchObject({
      reqId: 'trace-7',
      level: 50,
      err: { message: error.message, code: 'ER_X' },
    });
    expect(logs.join()).not.toContain('the values');
  });
});

describe('a request', () => {
  it('keeps its X-Request-Id where that is well formed', async () => {
    const { call } = createTestServer();
    const idFor = async (id: string) =>
      (await call('GET /v1/concerts', { headers: { 'x-request-id': id } })).headers['x-request-id'];
    expect(await idFor('abc-1.2:3')).toBe('abc-1.2:3');
    for (const id of ['', 'two words', 'x'.repeat(129), '<script>'])
      expect(await idFor(id)).toMatch(/^[\w-]{16}\.[0-9a-z]+$/);
  });

  it.each(['GET /v1/wallet', 'GET /v1/nowhere', 'GET /v1/concerts?limit=0', 'DELETE /v1/concerts'] as const)(
    'that fails is answered with the id of its log line: %s',
    async (request) => {
      const { call, logs } = createTestServer({ logLevel: 'info' });
      const { status, headers } = await call(request);
      expect(headers['x-request-id']).toMatch(/^[\w-]{16}\.[0-9a-z]+$/);
      expect(logs.map((line) => JSON.parse(line))).toMatchObject([
        { reqId: headers['x-request-id'], status, msg: 'request' },
      ]);
    },
  );

  it('that succeeds without a log line has an id only where the caller sends one', async () => {
    const { call, logs } = createTestServer({ logLevel: 'info' });
    expect((await call('GET /v1/concerts')).headers).not.toHaveProperty('x-request-id');
    const traced = await call('GET /v1/concerts', { headers: { 'x-request-id': 'trace-7' } });
    expect(traced.headers['x-request-id']).toBe('trace-7');
    expect(logs).toEqual([]);
  });

  it('writes one log line, without secrets or personal data', async () => {
    const server = createTestServer();
    const sale = await putOnSale(server);
    const { ticket, id } = await hold(server, sale, 'very-personal-user');
    await chargeWallet(server, 'very-personal-user', 314_159);
    await server.call('GET /v1/queue-tokens/current', { ticket });
    server.logs.length = 0;
    const secretKey = 'a-secret-key';
    const answer = await server.call('POST /v1/payments', {
      as: 'very-personal-user',
      key: secretKey,
      ticket,
      body: { reservationId: id },
      headers: { cookie: 'session=very-secret-cookie' },
    });
    expect(answer.status).toBe(201);
    expect(server.logs).toHaveLength(1);
    expect(JSON.parse(server.logs[0] ?? '')).toEqual({
      level: 20,
      time: expect.any(String),
      reqId: answer.headers['x-request-id'],
      method: 'POST',
      route: '/v1/payments',
      status: 201,
      durationMs: expect.any(Number),
      msg: 'request',
    });
    const path = `DELETE /v1/admin/concerts/${sale.concertId}/waiting-room/users/very-personal-user` as const;
    await server.call(path, { as: 'operator', scope: 'admin' });
    const text = server.logs.join();
    for (const secret of [
      ticket,
      secretKey,
      id,
      'very-personal-user',
      'very-secret-cookie',
      'Bearer',
      '314159',
    ])
      expect(text).not.toContain(secret);
  });

  it('is logged at info where it fails', async () => {
    const server = createTestServer();
    await server.call('GET /v1/wallet', { as: 'fan' });
    await server.call('GET /v1/wallet');
    const levels = server.logs.map((line) => JSON.parse(line)).map(({ level, status }) => [status, level]);
    expect(levels).toEqual([
      [200, 20],
      [401, 30],
    ]);
  });

  it('is answered with no-store where the answer is personal', async () => {
    const server = createTestServer();
    for (const answer of [
      await server.call('GET /v1/wallet', { as: 'fan' }),
      await server.call('GET /v1/wallet'),
      await chargeWallet(server, 'fan', 1),
    ])
      expect(answer.headers['cache-control']).toBe('no-store');
  });
});
