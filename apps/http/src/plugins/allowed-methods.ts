import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { sendProblem } from '../problems/problem.ts';

/**
 * Collects the paths of all routes that are added from now on. Returns a function that refuses the methods that these paths
 * do not have; call it after the last route.
 */
export function collectPaths(app: FastifyInstance): (app: FastifyInstance) => void {
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
      detail: `This path supports ${allow}.`,
    });
  // In `onRequest`, before a body of an unknown type is refused.
  app.route({ url, method, schema: { hide: true }, onRequest: answer, handler: answer });
}
