import type { AddressInfo } from 'node:net';
import { type EventStream, openEventStream } from '@frontrow/tests/support/event-stream.ts';
import { ADMIN, join, putOnSale } from './scenario.ts';
import { type TestServerOptions, createTestServer } from './test-server.ts';

export type StreamRoom = Awaited<ReturnType<typeof openStreamRoom>>;

/** A listening server with a room of one active place: `first` is ACTIVE, `second` and `third` wait. */
export async function openStreamRoom(options: TestServerOptions = {}) {
  const server = createTestServer(options);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  const { concertId } = await putOnSale(server);
  await server.call(`PATCH /v1/admin/concerts/${concertId}/policy`, {
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
    server,
    concertId,
    first: await join(server, concertId, 'first'),
    second: await join(server, concertId, 'second'),
    third: await join(server, concertId, 'third'),
    stream,
    leave: (ticket: string) => server.call('DELETE /v1/queue-tokens/current', { ticket }),
    async close() {
      for (const opened of streams) opened.close();
      await server.app.close();
    },
  };
}
