import { type Server, type Socket, connect, createServer } from 'node:net';

/** A way to Redis that can be held shut: what a process then sends never reaches Redis. */
export type RedisGate = {
  readonly url: string;
  /** From now on nothing passes; the connections stay open, as when a network swallows packets. */
  shut(): void;
  close(): Promise<void>;
};

export async function openRedisGate(redisUrl: string): Promise<RedisGate> {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let isShut = false;
  const server = createServer((client) => {
    const redis = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk) => {
        if (!isShut) to.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(redisUrl);
  url.port = String(portOf(server));
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    shut: () => void (isShut = true),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return address.port;
}
