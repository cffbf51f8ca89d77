import type { FastifyInstance, FastifyReply } from 'fastify';

/** What a caller is told is the caller's own, and of this moment: nothing on the way keeps it. */
export function addNoStore(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('Cache-Control', 'no-store');
    done();
  });
}

/** What everybody may see may be a second old, which is enough for a crowd to share one answer. */
export function cacheable<Reply extends FastifyReply>(reply: Reply): Reply {
  reply.header('Cache-Control', 'public, max-age=1');
  return reply;
}
