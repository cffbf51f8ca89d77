import type { FastifyInstance } from 'fastify';
import { Refused, noSuchRoute } from '../problems/errors.ts';

/** Refuses a path with an empty parameter, such as `/v1/concerts/`, which the router takes for a route. */
export function addEmptyParameters(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const hasParameters = request.routeOptions.url?.includes(':') === true;
    const isEmpty = hasParameters && Object.values(request.params as Record<string, string>).includes('');
    done(isEmpty ? new Refused(noSuchRoute(request)) : undefined);
  });
}
