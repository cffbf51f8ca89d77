import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { sendProblem } from '../problems/problem.ts';

/**
 * Notes the path of every route that is added from now on. Answers a function that refuses the other methods of these
 * paths; call it after the last route.
 */
export function notePaths(app: FastifyInstance): (app: FastifyInstance) => void {
  const paths = new Set<string>();
  app.addHook('onRoute', ({ url }) => void paths.add(url));

  return (scope) => {
    paths.delete('*'); // the preflights of CORS
    for (const url of paths) {
      const supported = scope.supportedMethods as HTTPMethods[];
      const [allowed, others] = [true, false].map((isAllowed) =>
        supported.filter((method) => scope.hasRoute({ url, method }) === isAllowed),
      ) as [HTTPMethods[], HTTPMethods[]];
      refuse(scope, url, others, allowed.toSorted().join(', '));
    }
  };
}

function refuse(app: FastifyInstance, url: string, method: HTTPMethods[], allow: string): void {
  const answer = (_request: FastifyRequest, reply: FastifyReply) =>
    void sendProblem(reply.header('Allow', allow), {
      code: 'METHOD_NOT_ALLOWED',
      detail: `This path has ${allow}.`,
    });
  // Before the body is parsed, which may be one that this server does not read.
  app.route({ url, method, schema: { hide: true }, onRequest: answer, handler: answer });
}
