import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SCRIPT, openSampleWeb } from '../support/sample-build.ts';
import { createTestServer } from '../support/test-server.ts';

function openServer() {
  const { web, folder } = openSampleWeb();
  const server = createTestServer({ web });
  onTestFinished(() => server.app.close());
  return { ...server, folder };
}

/** Sends paths as they are: `inject` resolves `..` as a browser does. */
async function listen() {
  const server = openServer();
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const send = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const [answer] = (await once(request(url, { path, headers, agent: false }).end(), 'response')) as [
      IncomingMessage,
    ];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  };
  return { ...server, send };
}

const ASSET = '/assets/fan-Ab12.js';
const IMMUTABLE = 'public, max-age=31536000, immutable';

describe('a file with a hash in its name', () => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip;q=1, br;q=0', 'gzip', gunzipSync],
    ['zstd', undefined, (body: Buffer) => body],
    ['identity', undefined, (body: Buffer) => body],
    ['', undefined, (body: Buffer) => body],
    [undefined, undefined, (body: Buffer) => body],
  ] as const)('is sent to a client of Accept-Encoding %s as %s', async (accepted, encoding, unpack) => {
    const { app } = openServer();
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const answer = await app.inject({ url: ASSET, headers });
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, encoding]);
    expect(unpack(answer.rawPayload).toString()).toBe(SCRIPT);
    expect(answer.headers).toMatchObject({
      'cache-control': IMMUTABLE,
      'content-type': 'application/javascript; charset=utf-8',
      'content-length': String(answer.rawPayload.length),
      'x-content-type-options': 'nosniff',
    });
    expect(String(answer.headers.vary).toLowerCase()).toContain('accept-encoding');
  });

  it('is sent as it is where it has no compressed form', async () => {
    const { app } = openServer();
    const answer = await app.inject({
      url: '/assets/fan-Cd34.css',
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect([answer.statusCode, answer.headers['content-encoding'], answer.body]).toEqual([
      200,
      undefined,
      'p { color: red }',
    ]);
    expect(answer.headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it('is 304 for a client that has it', async () => {
    const { app } = openServer();
    const { headers } = await app.inject(ASSET);
    const again = await app.inject({ url: ASSET, headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('is no fault of the server where clients leave before it is sent', async () => {
    const { app, logs } = openServer();
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    for (let client = 0; client < 20; client += 1) {
      const arrived = once(app.server, 'request') as Promise<[IncomingMessage]>;
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`GET ${ASSET} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      const [{ socket: connection }] = await arrived;
      const closed = new Promise((resolve) => connection.once('close', resolve));
      socket.resetAndDestroy();
      await closed;
    }
    await app.close();
    expect(logs.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('answers HEAD with its length and without a body', async () => {
    const { app } = openServer();
    const { statusCode, headers, body } = await app.inject({ method: 'HEAD', url: ASSET });
    expect([statusCode, headers['content-length'], body]).toEqual([200, String(SCRIPT.length), '']);
  });

  it('is sent as a whole to a client that asks for a range', async () => {
    const { app } = openServer();
    for (const range of ['bytes=0-9', 'bytes=99999999-', 'bytes=0-1,2-3,4-5', 'nonsense']) {
      const answer = await app.inject({ url: ASSET, headers: { range } });
      expect([answer.statusCode, answer.body.length]).toEqual([200, SCRIPT.length]);
    }
  });
});

describe('a path that is not that of a file', () => {
  it.each([
    '/assets/fan-Old9.js',
    '/assets/',
    '/assets/folder',
    '/assets/folder/',
    '/assets/.hidden.js',
    '/assets/folder/.hidden.js',
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/index.html',
    '/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd',
    '/assets/..%5cindex.html',
    '/assets/..\\index.html',
    '/assets//etc/passwd',
    '/assets/./fan-Ab12.js',
    '/assets//fan-Ab12.js',
    '/assets/fan-Ab12.js/',
    '/assets/FAN-AB12.JS',
    '/assets/fan-Ab12.js%00',
    '/assets/%00',
    '/assets/fan-Ab12.js%2500',
    '/assets/*',
    '/assets/C:%5cwindows',
    `/assets/${'a'.repeat(300)}.js`,
    `/assets/${'a/'.repeat(4_000)}`,
  ])('is unknown, and no cache keeps the answer: %s', async (path) => {
    const { send, logs } = await listen();
    for (const headers of [{}, { 'accept-encoding': 'br, gzip' }]) {
      const answer = await send(path, headers);
      expect([answer.status, JSON.parse(answer.body)]).toMatchObject([404, { code: 'NOT_FOUND' }]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect(logs.filter((line) => /"level":[45]0/.test(line))).toEqual([]);
  });

  it.each(['/assets/%', '/assets/%zz', '/assets/%ff', '/concerts/%'])('cannot be read: %s', async (path) => {
    const { status, body } = await (await listen()).send(path);
    expect([status, JSON.parse(body)]).toMatchObject([400, { code: 'VALIDATION_FAILED' }]);
  });
});

describe('the other files', () => {
  it.each([
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/favicon.svg', 'image/svg+xml'],
  ])('are served for an hour: %s', async (url, type) => {
    const { app } = openServer();
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, type]);
    expect(answer.headers['cache-control']).toBe('public, max-age=3600');
  });
});
