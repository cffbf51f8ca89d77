import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

/** Clients of event streams that only count their events. */
export type Subscribers = {
  /** Resolves when every stream has one more event. */
  nextEvent(): Promise<void>;
  close(): void;
};

const CONNECTING_AT_ONCE = 200;
const RECEIVED_WITHIN_MS = 30_000;

/** Opens a stream for each request, and waits for the first event of each. `events` are the lines that begin one. */
export async function openSubscribers(
  port: number,
  requests: readonly Buffer[],
  events: readonly string[],
): Promise<Subscribers> {
  const marks = events.map((line) => Buffer.from(line));
  let arrived = 0;
  let wake: (() => void) | null = null;
  const open = async (request: Buffer) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('data', (chunk) => {
      for (const mark of marks)
        for (let at = chunk.indexOf(mark); at !== -1; at = chunk.indexOf(mark, at + 1)) arrived += 1;
      if (arrived >= requests.length) wake?.();
    });
    await once(socket, 'connect');
    socket.write(request);
    return socket;
  };
  const nextEvent = async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new Error(`only ${arrived} streams have the event after ${RECEIVED_WITHIN_MS} ms`)),
      RECEIVED_WITHIN_MS,
    );
    wake = resolve;
    if (arrived >= requests.length) resolve();
    await promise;
    clearTimeout(timer);
    if (arrived !== requests.length) throw new Error(`${arrived} events for ${requests.length} streams`);
    arrived = 0;
  };

  const sockets: Socket[] = [];
  for (let from = 0; from < requests.length; from += CONNECTING_AT_ONCE)
    sockets.push(...(await Promise.all(requests.slice(from, from + CONNECTING_AT_ONCE).map(open))));
  await nextEvent();
  return { nextEvent, close: () => sockets.forEach((socket) => socket.destroy()) };
}
