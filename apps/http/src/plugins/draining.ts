import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from '@frontrow/adapters/process/readiness.ts';
import type { FastifyInstance } from 'fastify';

/** How long an idle connection stays open: a request that was sent before may be about to arrive. */
const LINGER_MS = 500;
const POLL_EVERY_MS = 10;
const SWEEP_EVERY_MS = 50;

/**
 * Ends kept-alive connections while the process stops, because `close()` waits for them. A busy one ends with its answer,
 * which has `Connection: close`; an idle one is closed after `LINGER_MS`, because a request that arrives on a closing
 * connection is lost.
 */
export function addDraining(app: FastifyInstance, readiness: Pick<Readiness, 'isStopping' | 'stop'>): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping()) reply.header('Connection', 'close');
    done();
  });

  const silent = trackSilent(app);
  let sweep: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    readiness.stop();
    const deadline = performance.now() + LINGER_MS;
    while (performance.now() < deadline && (await countConnections(app.server)) > 0)
      await sleep(POLL_EVERY_MS);
    const closeIdle = () => {
      app.server.closeIdleConnections();
      for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
    };
    // `setImmediate` lets Node read the requests that have arrived first: on a busy machine some arrived long ago.
    sweep = setInterval(() => setImmediate(closeIdle), SWEEP_EVERY_MS);
  });
  app.addHook('onClose', async () => clearInterval(sweep));
}

/**
 * The connections that have sent nothing: browsers open them ahead of their requests, and `closeIdleConnections()` leaves
 * them open. The listener is removed at the first request: a listener on `close` keeps the objects of requests alive into
 * the old generation, which costs a fifth of the CPU time under load.
 */
function trackSilent(app: FastifyInstance): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  function forget(this: Socket): void {
    silent.delete(this);
  }
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.on('close', forget);
  });
  app.addHook('onRequest', ({ socket }, _reply, done) => {
    if (silent.size > 0 && silent.delete(socket)) socket.removeListener('close', forget);
    done();
  });
  return silent;
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
