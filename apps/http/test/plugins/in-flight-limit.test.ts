import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { eventually } from '@frontrow/tests/support/eventually.ts';
import { expect, it, onTestFinished } from 'vitest';
import { accessTokenOf } from '../support/access-token.ts';
import { refusalOf } from '../support/caller.ts';
import { openStreamRoom } from '../support/stream-room.ts';
import { createTestServer } from '../support/test-server.ts';

const MAX = 2;

/** A server whose wallets are read when the test says so. */
function createSlowServer() {
  const waiting = new Set<() => void>();
  const server = createTestServer({
    requestsInFlightMax: MAX,
    replacePorts: (ports) => ({
      ...ports,
      walletReads: {
        ...ports.walletReads,
        async find(userId) {
          await new Promise<void>((resolve) => waiting.add(resolve));
          return ports.walletReads.find(userId);
        },
      },
    }),
  });
  onTestFinished(() => server.app.close());
  return {
    server,
    readWallet: () => server.call('GET /v1/wallet', { as: 'fan' }),
    haveArrived: (count: number) => eventually(() => expect(waiting.size).toBe(count)),
    answerAll: () => {
      for (const answer of waiting) answer();
      waiting.clear();
    },
  };
}

it('refuses a request beyond the limit at once, and serves again as soon as one is answered', async () => {
  const { server, readWallet, haveArrived, answerAll } = createSlowServer();
  const served = [readWallet(), readWallet()];
  await haveArrived(MAX);
  const refused = await readWallet();
  expect(refusalOf(refused)).toEqual([503, 'UNAVAILABLE']);
  expect(refused.headers['retry-after']).toBe('1');
  expect((await server.call('GET /livez')).status).toBe(200);
  expect((await server.call('GET /readyz')).status).toBe(200);
  expect((await server.app.inject('/metrics')).body).toContain(`frontrow_requests_in_flight ${MAX}\n`);
  answerAll();
  expect((await Promise.all(served)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await server.call('GET /v1/concerts')).status).toBe(200);
});

it('counts a request until its work is done, also when its client goes away', async () => {
  const { server, readWallet, haveArrived, answerAll } = createSlowServer();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const token = await accessTokenOf('fan');
  const clients = Array.from({ length: MAX }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /v1/wallet HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    return socket;
  });
  await haveArrived(MAX);
  const closed = clients.map((socket) => once(socket, 'close'));
  for (const socket of clients) socket.destroy();
  await Promise.all(closed);
  expect(refusalOf(await readWallet())).toEqual([503, 'UNAVAILABLE']);
  answerAll();
  await eventually(async () => expect((await server.call('GET /v1/concerts')).status).toBe(200));
});

it('counts neither a request whose body is still on its way nor one that is refused', async () => {
  const { server } = createSlowServer();
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const token = await accessTokenOf('fan');
  let arrived = 0;
  server.app.server.on('request', () => (arrived += 1));
  const slow = Array.from({ length: MAX }, () => connect(port, '127.0.0.1'));
  onTestFinished(() => slow.forEach((socket) => socket.destroy()));
  for (const socket of slow)
    socket.write(
      `POST /v1/wallet/charges HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${token}\r\n` +
        'Idempotency-Key: one\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{',
    );
  await eventually(() => expect(arrived).toBe(MAX));
  for (let tries = 0; tries <= MAX; tries += 1)
    expect((await server.call('GET /v1/concerts?limit=0')).status).toBe(400);
  expect((await server.call('GET /v1/concerts')).status).toBe(200);
});

it('does not count an open stream', async () => {
  const room = await openStreamRoom({ requestsInFlightMax: MAX });
  onTestFinished(() => room.close());
  for (let streams = 0; streams < MAX; streams += 1)
    expect((await room.stream(room.second)).response.status).toBe(200);
  expect((await room.server.call('GET /v1/concerts')).status).toBe(200);
});
