import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../readiness.ts';

const SWEEP_EVERY_MS = 50;

/**
 * Lets go of kept-alive connections once the process is stopping: a request in flight gets its answer with
 * `Connection: close`, and a connection that falls idle is closed, which would otherwise hold `close()` for its whole
 * keep-alive time.
 */
export function addDraining(app: FastifyInstance, readiness: Pick<Readiness, 'isStopping' | 'stop'>): void {
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.isStopping()) reply.header('Connection', 'close');
  });

  let sweep: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    readiness.stop();
    sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_EVERY_MS);
  });
  app.addHook('onClose', async () => clearInterval(sweep));
}
