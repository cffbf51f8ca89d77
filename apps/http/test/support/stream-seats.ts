import type { AddressInfo } from 'node:net';
import { type EventStream, openSeatStream } from '@frontrow/tests/support/event-stream.ts';
import { accessTokenOf } from './access-token.ts';
import { join, putOnSale } from './scenario.ts';
import { type TestServerOptions, createTestServer } from './test-server.ts';

/** A listening server with a date on sale, whose seats the fan `fan` may watch. */
export async function openWatchedSeats(options: TestServerOptions = {}, event: object = {}) {
  const server = createTestServer(options);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`;
  const sale = await putOnSale(server, event);
  const ticket = await join(server, sale.concertId, 'fan');
  const accessToken = await accessTokenOf('fan');
  const streams: EventStream[] = [];
  return {
    server,
    sale,
    ticket,
    stream: async (headers: Record<string, string> = {}): Promise<EventStream> => {
      const opened = await openSeatStream(address, sale.eventId, { accessToken, ticket }, headers);
      streams.push(opened);
      return opened;
    },
    async close() {
      for (const opened of streams) opened.close();
      await server.app.close();
    },
  };
}
