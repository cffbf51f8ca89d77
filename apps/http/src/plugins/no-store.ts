import type { FastifyInstance } from 'fastify';

/** Marks every answer as not cacheable, because most are personal; `sendShared` overrides it. */
export function addNoStore(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('Cache-Control', 'no-store');
    done();
  });
}
