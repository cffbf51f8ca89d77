import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessTokenOf } from '../support/access-token.ts';
import { createTestServer } from '../support/test-server.ts';

/** The number of pino's level. */
const INFO = 30;

async function openServer() {
  const server = createTestServer();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.app.close());
  const { port } = server.app.server.address() as AddressInfo;
  async function send(lines: readonly string[], body = ''): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    socket.write([...lines, '', body].join('\r\n'));
    return socket;
  }
  return { ...server, send };
}

async function statusOf(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString().split('\r\n', 1)[0] ?? '';
}

describe('a header that is sent twice', () => {
  it('is refused where the API reads one', async () => {
    const { send } = await openServer();
    const own = `Authorization: Bearer ${await accessTokenOf('fan')}`;
    const others = `authorization: Bearer ${await accessTokenOf('other')}`;
    const wallet = (...headers: string[]) => send(['GET /v1/wallet HTTP/1.1', ...headers]);
    expect(await statusOf(await wallet('Host: a', own))).toBe('HTTP/1.1 200 OK');
    expect(await statusOf(await wallet('Host: a', own, others))).toBe('HTTP/1.1 400 Bad Request');
    expect(await statusOf(await wallet('Host: a', own, 'HOST: b'))).toBe('HTTP/1.1 400 Bad Request');
    const type = 'Content-Type: application/json';
    const typed = await wallet('Host: a', own, type, type);
    expect(await statusOf(typed)).toBe('HTTP/1.1 400 Bad Request');
  });

  it('is not obeyed where it names two tickets or two keys', async () => {
    const { send, tokenSigner } = await openServer();
    const ticketOf = (userId: string) => {
      const place = { concertId: 'c', userId, sequence: 1, issuedAt: 0, sessionExpiresAt: null };
      return `Queue-Token: ${tokenSigner.sign(place)}`;
    };
    const poll = ['GET /v1/queue-tokens/current HTTP/1.1', 'Host: a', ticketOf('a'), ticketOf('b')];
    expect(await statusOf(await send(poll))).toBe('HTTP/1.1 403 Forbidden');
    const charge = [
      'POST /v1/wallet/charges HTTP/1.1',
      'Host: a',
      `Authorization: Bearer ${await accessTokenOf('fan')}`,
      'Content-Type: application/json',
      'Content-Length: 12',
      'Idempotency-Key: a',
      'Idempotency-Key: b',
    ];
    expect(await statusOf(await send(charge, '{"amount":1}'))).toBe('HTTP/1.1 400 Bad Request');
  });
});

describe('an upload that its client aborts', () => {
  it('is no error of the server', async () => {
    const { send, app, logs } = await openServer();
    const received = once(app.server, 'request');
    const upload = await send(
      [
        'POST /v1/wallet/charges HTTP/1.1',
        'Host: a',
        `Authorization: Bearer ${await accessTokenOf('fan')}`,
        'Content-Type: application/json',
        'Content-Length: 100',
        'Idempotency-Key: a',
      ],
      '{"amount"',
    );
    const [request] = (await received) as [IncomingMessage];
    const closed = once(request, 'close');
    upload.destroy();
    await closed.catch(() => {}); // the request fails before it closes
    expect((await app.inject('/v1/nothing')).statusCode).toBe(404);
    const lines = logs.map((line) => JSON.parse(line) as { level: number; msg: string; status?: number });
    expect(lines.at(-1)).toMatchObject({ msg: 'request', status: 404 });
    expect(lines.filter(({ level }) => level > INFO)).toEqual([]);
    expect((await app.inject('/metrics')).body).not.toMatch(/status_code="5/);
  });
});
