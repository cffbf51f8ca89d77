import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from '@frontrow/adapters/process/readiness.ts';

/** How long a kept-alive connection is still listened to: a request may be on its way that was sent before. */
const LINGER_MS = 500;
const POLL_EVERY_MS = 10;
const SWEEP_EVERY_MS = 50;

/**
 * Lets go of kept-alive connections once the process is stopping: each answer says `Connection: close`, so that busy
 * ones end with it; one that stays idle is closed after a moment, and would otherwise hold `close()` for its whole
 * keep-alive time. Not at once, because a request that arrives on a closing connection is lost.
 */
export function addDraining(app: FastifyInstance, readiness: Pick<Readiness, 'isStopping' | 'stop'>): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping()) reply.header('Connection', 'close');
    done();
  });

  const silent = trackSilent(app.server);
  let sweep: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    readiness.stop();
    const deadline = performance.now() + LINGER_MS;
    while (performance.now() < deadline && (await countConnections(app.server)) > 0)
      await sleep(POLL_EVERY_MS);
    sweep = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_EVERY_MS);
  });
  app.addHook('onClose', async () => clearInterval(sweep));
}

/**
 * Connections that have sent nothing yet: browsers open some ahead of their requests, and Node takes them for busy ones.
 * Listened to no longer than that: a further listener to the end of a socket keeps what its requests leave behind from
 * being collected young, which costs a fifth of the processor under load.
 */
function trackSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  function forget(this: Socket): void {
    silent.delete(this);
  }
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.on('close', forget);
  });
  server.on('request', ({ socket }) => {
    if (silent.delete(socket)) socket.removeListener('close', forget);
  });
  return silent;
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
