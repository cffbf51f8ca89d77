import type { FastifyInstance } from 'fastify';

/** Forbids caches to keep the answers, which are personal and current; `sendShared` overrides it. */
export function addNoStore(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('Cache-Control', 'no-store');
    done();
  });
}
