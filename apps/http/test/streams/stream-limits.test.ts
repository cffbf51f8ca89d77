import { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type StreamSlot, createOpenStreams } from '../../src/streams/open-streams.ts';
import { refusalOf } from '../support/caller.ts';
import { openStreamRoom } from '../support/stream-room.ts';
import type { TestServerOptions } from '../support/test-server.ts';

const STREAM = 'GET /v1/queue-tokens/current/stream';

async function failToRead(): Promise<never> {
  throw new Unavailable('redis');
}

async function openRoom(options?: TestServerOptions) {
  const room = await openStreamRoom(options);
  onTestFinished(() => room.close());
  return room;
}

describe('a stream that is refused', () => {
  it('gets a problem document, before its first byte', async () => {
    const { server, second } = await openRoom({
      replacePorts: (ports) => ({
        ...ports,
        waitingRoom: { ...ports.waitingRoom, statusFromSnapshot: failToRead },
      }),
    });
    expect(refusalOf(await server.call(STREAM))).toEqual([403, 'QUEUE_TOKEN_REQUIRED']);
    const forged = await server.call(STREAM, { ticket: `${second}x` });
    expect(refusalOf(forged)).toEqual([403, 'QUEUE_TOKEN_INVALID']);
    const unavailable = await server.call(STREAM, { ticket: second });
    expect(refusalOf(unavailable)).toEqual([503, 'UNAVAILABLE']);
    expect(Number(unavailable.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('has no HEAD route', async () => {
    const { server, second } = await openRoom();
    const url = '/v1/queue-tokens/current/stream';
    const head = await server.app.inject({ method: 'HEAD', url, headers: { 'queue-token': second } });
    expect([head.statusCode, head.headers['allow']]).toEqual([405, 'GET']);
  });

  it('exceeds the limit of the process', async () => {
    const { server, second, third, stream } = await openRoom({ queueStreamsMax: 2 });
    const [one] = [await stream(second), await stream(third)];
    const full = await server.call(STREAM, { ticket: third });
    expect(refusalOf(full)).toEqual([503, 'UNAVAILABLE']);
    expect(full.headers['retry-after']).toBe('5');
    one.close();
    await eventually(async () => expect((await stream(second)).response.status).toBe(200));
  });

  it('exceeds the limit of a user', async () => {
    const { server, second, third, stream } = await openRoom({ limitsClients: true });
    for (let tab = 0; tab < 10; tab++) expect((await stream(second)).response.status).toBe(200);
    const greedy = await server.call(STREAM, { ticket: second });
    expect(refusalOf(greedy)).toEqual([429, 'STREAM_LIMIT']);
    expect(greedy.headers['retry-after']).toBe('5');
    expect((await stream(third)).response.status).toBe(200);
  });

  it('exceeds the limit of an address, and leaves other addresses alone', () => {
    const streams = createOpenStreams({ streamsMax: 20_000, limitsClients: true });
    const reserve = (fan: number, address: string) => streams.reserve(`fan-${fan}`, address);
    const slots = Array.from({ length: 2_000 }, (_, fan) => reserve(fan, '192.0.2.1'));
    expect(slots.filter((slot) => typeof slot === 'string')).toEqual([]);
    expect(reserve(2_000, '192.0.2.1')).toBe('ADDRESS_LIMIT');
    expect(reserve(2_000, '192.0.2.2')).toHaveProperty('free');
    const [slot] = slots as [StreamSlot];
    slot.free();
    expect(reserve(2_001, '192.0.2.1')).toHaveProperty('free');
  });
});

describe('a server that stops', () => {
  it('ends its streams, each with a delay before the reconnection', async () => {
    const { server, second, third, stream } = await openRoom();
    const tabs = [await stream(second), await stream(third), await stream(third)];
    await Promise.all(tabs.map(({ next }) => next()));
    const closed = server.app.close();
    await Promise.all(tabs.map(({ ended }) => ended));
    await closed;
    for (const { events, retries } of tabs) {
      expect(events.map(({ event }) => event)).toEqual(['status']);
      expect(retries).toHaveLength(2);
    }
  });
});
