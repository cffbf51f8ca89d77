import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessTokenOf } from './support/access-token.ts';
import { createTestServer } from './support/test-server.ts';

/** A listening server whose wallet reads wait for `open`. */
async function listening() {
  const entered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const server = createTestServer({
    replacePorts: (ports) => ({
      ...ports,
      walletReads: {
        ...ports.walletReads,
        find: async (userId) => {
          entered.resolve();
          await gate.promise;
          return ports.walletReads.find(userId);
        },
      },
    }),
  });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  return { server, port, entered: entered.promise, open: gate.resolve };
}

async function get(port: number, agent: Agent, path: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${await accessTokenOf('fan')}` };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a server that stops', () => {
  afterEach(() => void vi.useRealTimers());

  it('answers the requests in flight, accepts no new connection, and waits for no idle one', async () => {
    const { server, port, entered, open } = await listening();
    server.app.server.keepAliveTimeout = 0; // an idle connection stays open until the server closes it
    const [busy, idle] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    expect((await get(port, idle, '/livez')).headers.connection).toBe('keep-alive');
    const inFlight = get(port, busy, '/v1/wallet');
    await entered;

    const closed = server.app.close();
    await eventually(() => expect(server.readiness.isStopping()).toBe(true));
    open();
    const answer = await inFlight;
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed;
    await expect(get(port, new Agent(), '/livez')).rejects.toThrow('ECONNREFUSED');
  });

  it('answers a request that arrives on a kept-alive connection during the stop', async () => {
    const { server, port } = await listening();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await get(port, agent, '/livez')).headers.connection).toBe('keep-alive');
    vi.useFakeTimers({ toFake: ['performance'] }); // an idle connection is not closed however late the request arrives
    const closed = server.app.close();
    await eventually(() => expect(server.readiness.isStopping()).toBe(true));
    const answer = await get(port, agent, '/livez');
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed;
  });

  it('does not wait for a connection that has sent nothing', async () => {
    const { server, port } = await listening();
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const gone = once(silent, 'close');
    await server.app.close();
    silent.resume();
    expect(await gone).toEqual([false]); // closed without an error
  });

  it('closes connections after their answer as soon as readiness fails', async () => {
    const { server, port } = await listening();
    const agent = new Agent({ keepAlive: true });
    server.readiness.stop();
    expect((await get(port, agent, '/readyz')).statusCode).toBe(503);
    expect((await get(port, agent, '/livez')).headers.connection).toBe('close');
    await server.app.close();
  });
});
