import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { QueueStatus } from '@frontrow/application/waiting-room/queue-status.ts';
import { eventually } from '@frontrow/tests/support/eventually.ts';
import { openTcpProxy } from '@frontrow/tests/support/tcp-proxy.ts';
import { expect, it, onTestFinished } from 'vitest';
import { createOpenStreams } from '../../src/streams/open-streams.ts';
import { createQueueStreams } from '../../src/streams/queue-streams.ts';
import { createTestServer } from '../support/test-server.ts';

const TICKET = { concertId: 'c', userId: 'fan', sequence: 7, issuedAt: 0, sessionExpiresAt: null };
const STATUS: QueueStatus = {
  concertId: 'c',
  status: 'WAITING',
  sequence: 7,
  room: 'OPEN',
  reason: null,
  seatsReturned: 0,
  position: 1,
  parked: false,
  estimatedWaitSeconds: null,
  pollAfterMs: 2_500,
  issuedAt: 0,
  asOf: 1,
  sessionExpiresAt: null,
};

it('frees the slot of a client that has vanished without a FIN when the lifetime of its stream is over', async () => {
  const streams = createOpenStreams({ streamsMax: 1, limitsClients: true });
  const queueStreams = createQueueStreams({
    times: { heartbeatMs: 15_000, stuckMs: 10_000, lifetimeMs: 1_000 },
    tickMs: 20,
    readStatus: async () => STATUS,
    onDefect: (error) => {
      throw error;
    },
  });
  const server = createServer((_request, response) => {
    const slot = streams.reserve(TICKET.userId, '192.0.2.1');
    if (typeof slot === 'string') throw new Error(slot);
    response.shouldKeepAlive = false;
    response.writeHead(200);
    const place = { ticket: TICKET, status: STATUS, lastEventId: undefined };
    const stream = queueStreams.open(place, response);
    slot.use(stream);
    response.once('close', () => {
      slot.free();
      queueStreams.close(place, stream);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const proxy = await openTcpProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => proxy.close());

  const client = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
  await once(client, 'data');
  proxy.setMode('SWALLOW');
  client.destroy();
  expect(streams.reserve(TICKET.userId, '192.0.2.1')).toBe('PROCESS_LIMIT');
  await eventually(() => expect(streams.reserve(TICKET.userId, '192.0.2.1')).toMatchObject({}));
});

it('closes the connection of a client that does not read its answers', async () => {
  const server = createTestServer();
  onTestFinished(() => server.app.close());
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { server: http } = server.app;
  expect(http.timeout).toBe(30_000);
  http.timeout = 500;
  const connection = once(http, 'connection') as Promise<[Socket]>;
  const client = connect((http.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void client.destroy());
  client.pause();
  client.write('GET /openapi.json HTTP/1.1\r\nHost: test\r\n\r\n'.repeat(100));
  const [socket] = await connection;
  await once(socket, 'close');
  expect(socket.bytesRead).toBeGreaterThan(0);
});
