import { type Server, createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { createWebhookSecretGenerator } from '../../src/system/webhook-secrets.ts';
import { createWebhookSender } from '../../src/webhooks/webhook-sender.ts';

type Received = { readonly headers: Record<string, string>; readonly body: string };
type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
const NEVER = new AbortController().signal;
const newSecret = createWebhookSecretGenerator();
const MESSAGE = { id: 'message', body: '{"type":"webhook.test"}' };

/** A receiver on loopback; it never answers where the answer is null. */
async function receive(answer: Answer | null): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
      if (answer !== null) response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, received };
}
const send = (
  url: string,
  options: Partial<Parameters<typeof createWebhookSender>[0]> = {},
  secrets = [newSecret()],
) =>
  createWebhookSender({ allowsPrivate: true, ...options }).send(
    { url, secrets, message: MESSAGE, sentAt: Date.now(), traceparent: null },
    NEVER,
  );

describe('the sender of webhooks', () => {
  it('signs a request so that the library verifies it, with every secret', async () => {
    const { url, received } = await receive({ status: 204 });
    const secrets = [newSecret(), newSecret()];
    expect(await send(url, {}, secrets)).toMatchObject({ statusCode: 204, error: null, retryAfterMs: null });
    const [{ headers, body }] = received as [Received];
    expect(headers['webhook-id']).toBe(MESSAGE.id);
    expect(headers['content-type']).toBe('application/json');
    for (const secret of secrets)
      expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'webhook.test' });
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow('No matching signature found');
  });

  it('takes every answer but 2xx as a failure, and follows no redirect', async () => {
    const target = await receive({ status: 200 });
    for (const status of [301, 302, 307, 308, 400, 404, 410, 500, 503]) {
      const { url } = await receive({ status, headers: { location: target.url } });
      expect(await send(url)).toMatchObject({ statusCode: status, error: `the answer is ${status}` });
    }
    expect(target.received).toEqual([]);
  });

  it('reads how long the receiver asks to wait', async () => {
    const { url } = await receive({ status: 429, headers: { 'retry-after': '120' } });
    expect(await send(url)).toMatchObject({ statusCode: 429, retryAfterMs: 120_000 });
    const odd = await receive({ status: 503, headers: { 'retry-after': 'soon' } });
    expect(await send(odd.url)).toMatchObject({ statusCode: 503, retryAfterMs: null });
  });

  it('reads no more of a long answer than it needs', async () => {
    const { url } = await receive({ status: 200, body: 'x'.repeat(10_000_000) });
    expect(await send(url)).toMatchObject({ statusCode: 200, error: null });
  });

  it('ends a request without an answer', async () => {
    const { url } = await receive(null);
    expect(await send(url, { timeoutMs: 100 })).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('no answer within 100 ms'),
    });
  });

  it('ends a request whose answer never ends', async () => {
    const endless = createServer((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    servers.push(endless);
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`;
    expect(await send(url, { timeoutMs: 200 })).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('no answer within 200 ms'),
    });
  });

  it('does not unpack a compressed answer', async () => {
    const { url } = await receive({
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: 'this would be an error if it were unpacked',
    });
    expect(await send(url)).toMatchObject({ statusCode: 200, error: null });
  });

  it('reports a refused connection', async () => {
    const { url } = await receive({ status: 200 });
    servers[0]!.close();
    servers[0]!.closeAllConnections();
    expect(await send(url)).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

/** Resolves every name to the given addresses. */
const resolveTo =
  (...addresses: string[]): LookupFunction =>
  (_host, options, done) =>
    options.all === true
      ? done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
      : done(null, addresses[0]!, 4);

describe('the sender of webhooks, where private addresses are not allowed', () => {
  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://0.0.0.0/',
    'https://100.64.0.1/',
    'https://[::]/',
    'https://[::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fd00::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1:8443/',
  ])('does not connect to %s', async (url) => {
    expect(await send(url, { allowsPrivate: false })).toMatchObject({
      statusCode: null,
      error: expect.stringContaining('is not a public address'),
    });
  });

  it.each([
    ['a private address', ['10.0.0.1']],
    ['a public and a private address', ['93.184.216.34', '127.0.0.1']],
    ['a mapped address', ['::ffff:169.254.169.254']],
  ])('does not connect to a name that resolves to %s', async (_what, addresses) => {
    const answer = await send('https://rebound.example.org/', {
      allowsPrivate: false,
      resolve: resolveTo(...addresses),
    });
    expect(answer).toMatchObject({
      statusCode: null,
      error: 'what rebound.example.org resolves to is not a public address',
    });
  });

  it('does not use http', async () => {
    const { url, received } = await receive({ status: 200 });
    expect(await send(url, { allowsPrivate: false })).toMatchObject({ error: 'only https is allowed' });
    expect(received).toEqual([]);
  });
});
