import { describe, expect, it, onTestFinished } from 'vitest';
import { type TestServerOptions, createTestServer } from '../support/test-server.ts';

function openServer(options?: TestServerOptions) {
  const { app } = createTestServer(options);
  onTestFinished(() => app.close());
  return app;
}

describe('a known path with another method', () => {
  it.each([
    ['PUT', '/v1/wallet', 'GET, HEAD'],
    ['POST', '/v1/concerts/any', 'GET, HEAD'],
    ['GET', '/v1/wallet/charges', 'POST'],
    ['PUT', '/v1/reservations/any', 'DELETE, GET, HEAD, PATCH'],
    ['OPTIONS', '/v1/reservations', 'GET, HEAD, POST'],
    ['DELETE', '/livez', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ] as const)('is refused with the methods that it has: %s %s', async (method, url, allow) => {
    const answer = await openServer().inject({ method, url });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, allow]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 });
  });

  it('is refused before its body is read', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await openServer().inject({ method: 'PUT', url: '/v1/wallet', headers, body: 'any' });
    expect(answer.statusCode).toBe(405);
  });

  it('leaves unknown paths unknown', async () => {
    const app = openServer();
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const)
      expect((await app.inject({ method, url: '/v1/nothing' })).statusCode).toBe(404);
  });

  it('leaves the preflight of a browser alone', async () => {
    const origin = 'https://tickets.example';
    const app = openServer({ corsOrigins: [origin] });
    const headers = { origin, 'access-control-request-method': 'POST' };
    const preflight = await app.inject({ method: 'OPTIONS', url: '/v1/reservations', headers });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, origin]);
  });
});
