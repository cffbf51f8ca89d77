import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { accessTokenOf } from './support/access-token.ts';
import { createTestServer } from './support/test-server.ts';

/** A server that listens, and whose wallet reads wait until they are let go. */
async function listening() {
  const entered = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const world = createTestServer({
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
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = world.app.server.address() as AddressInfo;
  return { world, port, entered: entered.promise, open: gate.resolve };
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
  it('answers what is in flight, takes nothing new, and waits for no idle connection', async () => {
    const { world, port, entered, open } = await listening();
    const [busy, idle] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    expect((await get(port, idle, '/livez')).headers.connection).toBe('keep-alive');
    const inFlight = get(port, busy, '/v1/wallet');
    await entered;

    const closed = world.app.close();
    await vi.waitFor(() => expect(world.readiness.isStopping()).toBe(true));
    open();
    const answer = await inFlight;
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed; // long before a kept-alive connection would end by itself, or this test fails by its time limit
    await expect(get(port, new Agent(), '/livez')).rejects.toThrow('ECONNREFUSED');
  });

  it('answers what was on its way on a kept-alive connection as it stopped', async () => {
    const { world, port } = await listening();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await get(port, agent, '/livez')).headers.connection).toBe('keep-alive');
    const closed = world.app.close();
    await vi.waitFor(() => expect(world.readiness.isStopping()).toBe(true));
    const answer = await get(port, agent, '/livez');
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await closed;
  });

  it('does not wait for a connection on which nothing was ever sent', async () => {
    const { world, port } = await listening();
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const gone = once(silent, 'close');
    await world.app.close(); // or this test fails by its time limit
    silent.resume();
    expect(await gone).toEqual([false]); // closed, and not for an error
  });

  it('lets connections go from the moment that readiness fails', async () => {
    const { world, port } = await listening();
    const agent = new Agent({ keepAlive: true });
    world.readiness.stop();
    expect((await get(port, agent, '/readyz')).statusCode).toBe(503);
    expect((await get(port, agent, '/livez')).headers.connection).toBe('close');
    await world.app.close();
  });
});
