import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSampleWeb } from '../support/sample-build.ts';
import { type TestServerOptions, createTestServer } from '../support/test-server.ts';

function openServer(options: TestServerOptions = {}) {
  const { web, folder } = openSampleWeb();
  const server = createTestServer({ web, ...options });
  onTestFinished(() => server.app.close());
  return { ...server, folder };
}

const titleOf = (html: string) => /<title>(.*)<\/title>/.exec(html)?.[1];

const FAN_PATHS = [
  '/',
  '/concerts',
  '/concerts/',
  '/concerts/01KAQ4X3Y6F8D2M9T5R7W1Z0AB',
  '/concerts/%ED%95%9C',
  '/events/e1/hall',
  '/reservations/r1',
  '/tickets',
  '/wallet?utm_source=mail&utm_medium=a%20b',
  '/?utm_campaign=x&x=1&x=2',
];
const CONSOLE_PATHS = ['/console', '/console/', '/console/concerts/c1?tab=orders'];

describe('the pages', () => {
  it.each([
    ...FAN_PATHS.map((path) => [path, 'Fans'] as const),
    ...CONSOLE_PATHS.map((path) => [path, 'Console'] as const),
  ])('%s is %s, also for a link with unknown query parameters', async (path, title) => {
    const { app } = openServer();
    const page = await app.inject(path);
    expect([page.statusCode, titleOf(page.body)]).toEqual([200, title]);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(page.headers['permissions-policy']).toContain('camera=()');
  });

  it('load scripts, styles and data of this server only, and cannot be framed', async () => {
    const { app } = openServer({ hstsMaxAgeS: 31_536_000 });
    const { headers } = await app.inject('/concerts');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]);
  });

  it('are sent again only when they have changed', async () => {
    const { app } = openServer();
    const first = await app.inject('/tickets');
    const etag = String(first.headers.etag);
    const again = await app.inject({ url: '/tickets', headers: { 'if-none-match': etag } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
    const other = await app.inject({ url: '/console', headers: { 'if-none-match': etag } });
    expect(other.statusCode).toBe(200);
  });

  it('are compressed for a client that takes gzip', async () => {
    const { app } = openServer();
    const plain = await app.inject('/');
    const packed = await app.inject({ url: '/', headers: { 'accept-encoding': 'br, gzip' } });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([
      undefined,
      'gzip',
    ]);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers.vary).toBe('Accept, Accept-Encoding');
    expect((await app.inject('/wallet')).headers.vary).toBe('Accept-Encoding');
  });

  it('keep the Vary of CORS', async () => {
    const { app } = openServer({ corsOrigins: ['https://a.example', 'https://b.example'] });
    expect((await app.inject('/wallet')).headers.vary).toBe('Origin, Accept-Encoding');
  });

  it('answer HEAD without a body', async () => {
    const { app } = openServer();
    const { statusCode, headers, body } = await app.inject({ method: 'HEAD', url: '/concerts/c1' });
    expect([statusCode, body, headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8']);
  });

  it.each(['/', '/concerts', '/concerts/c1', '/console/x', '/wallet', '/robots.txt', '/assets/fan-Ab12.js'])(
    'refuse other methods of %s',
    async (url) => {
      const { app } = openServer();
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
        const { statusCode, headers, body } = await app.inject({ method, url });
        expect([statusCode, headers.allow]).toEqual([405, 'GET, HEAD']);
        expect(JSON.parse(body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
      }
    },
  );

  it.each(['/concert', '/tickets/t1', '/events', '/index.html', '/console.html', '/.sources', '/assets'])(
    'leave %s unknown',
    async (url) => {
      const { statusCode, headers, body } = await openServer().app.inject(url);
      expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json']);
      expect(JSON.parse(body)).toMatchObject({ code: 'NOT_FOUND' });
    },
  );

  it('leave the API as strict as it is', async () => {
    const { app } = openServer();
    expect((await app.inject('/v1/concerts')).statusCode).toBe(200);
    expect((await app.inject('/v1/concerts?utm_source=mail')).statusCode).toBe(400);
    expect((await app.inject('/v1/concerts/')).statusCode).toBe(404);
  });

  it('are served while the API is overloaded, and count in no limit', async () => {
    const { app, call } = openServer({ requestsInFlightMax: 0, limitsClients: true });
    expect((await call('GET /v1/concerts')).status).toBe(503);
    const pages = await Promise.all(Array.from({ length: 2_000 }, () => app.inject('/concerts')));
    expect(pages.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
  });

  it('are counted by their route, without ids', async () => {
    const { app } = openServer();
    for (const url of ['/concerts/secret-1', '/reservations/secret-2', '/console/orders/secret-3', '/'])
      await app.inject(url);
    const metrics = (await app.inject('/metrics')).body;
    for (const route of ['/concerts/*', '/reservations/*', '/console/*', '/'])
      expect(metrics).toContain(
        `http_request_duration_seconds_count{method="GET",route="${route}",status_code="200"} 1`,
      );
    expect(metrics).not.toContain('secret');
  });
});

describe('the root', () => {
  it.each([
    [undefined, 'html'],
    ['*/*', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/html, application/json', 'html'],
    ['application/json', 'json'],
    ['application/json, text/plain, */*', 'json'],
  ])('answers Accept %s with %s', async (accept, kind) => {
    const { app } = openServer();
    const root = await app.inject({ url: '/', headers: accept === undefined ? {} : { accept } });
    expect([root.statusCode, root.headers.location]).toEqual([200, undefined]);
    expect(String(root.headers['content-type'])).toContain(kind);
    expect(root.headers.vary).toMatch(/^Accept\b/);
    expect(root.body).toContain(kind === 'json' ? '"documentation":"/docs"' : '<title>Fans</title>');
  });
});
