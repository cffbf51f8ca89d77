import type { AddressInfo } from 'node:net';
import { type EventStream, openEventStream } from '@frontrow/tests/support/event-stream.ts';
import { ADMIN, join, putOnSale } from './scenario.ts';
import { type TestServerOptions, createTestServer } from './test-server.ts';

export type StreamRoom = Awaited<ReturnType<typeof openStreamRoom>>;

/** A server that listens, and a room that lets one in: `first` is inside, `second` and `third` wait. */
export async function openStreamRoom(options: TestServerOptions = {}) {
  const world = createTestServer(options);
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const address = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
  const { concertId } = await putOnSale(world);
  await world.call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
    ...ADMIN,
    body: { admission: { maxActive: 1 } },
  });
  const streams: EventStream[] = [];
  const stream = async (ticket: string, headers: Record<string, string> = {}): Promise<EventStream> => {
    const opened = await openEventStream(address, ticket, headers);
    streams.push(opened);
    return opened;
  };
  return {
    world,
    concertId,
    first: await join(world, concertId, 'first'),
    second: await join(world, concertId, 'second'),
    third: await join(world, concertId, 'third'),
    stream,
    leave: (ticket: string) => world.call('DELETE /v1/queue-tokens/current', { ticket }),
    async close() {
      for (const opened of streams) opened.close();
      await world.app.close();
    },
  };
}
