import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { createTestServer } from '../support/test-server.ts';

describe('the root of the server', () => {
  it('leads a browser to the documentation, and names the version and the first links', async () => {
    const { app } = createTestServer();
    const root = await app.inject('/');
    expect([root.statusCode, root.headers.location]).toEqual([302, '/docs']);
    const { name, version, ...links } = root.json<Record<string, string>>();
    expect({ name, version }).toEqual({ name: 'frontrow', version: manifest.version });
    expect(Object.keys(links)).toEqual(['documentation', 'openapi', 'concerts']);
    for (const link of Object.values(links))
      expect([link, (await app.inject(link)).statusCode]).toEqual([link, 200]);
  });
});

describe('a path that ends in a slash', () => {
  it.each([
    'GET /v1/concerts/',
    'GET /v1/concerts/?limit=5',
    'GET /v1/concerts//events',
    'GET /v1/reservations/',
    'DELETE /v1/reservations/',
    'DELETE /v1/concerts/',
    'POST /v1/wallet/charges/',
    'GET /openapi.json/',
    'GET /livez/',
  ] as const)('is not that of a route: %s', async (operation) => {
    const { call } = createTestServer();
    const { status, body } = await call(operation);
    const slashed = operation.split('?')[0]?.endsWith('/');
    expect([status, body.code, body.detail.includes('ends in a slash')]).toEqual([404, 'NOT_FOUND', slashed]);
  });
});
