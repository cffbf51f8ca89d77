import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { Refused, noSuchRoute } from '../problems/errors.ts';
import { prependHook } from './route-hooks.ts';

/** Refuses a path with an empty parameter, such as `/v1/concerts/`, which the router takes for a route. */
export function addEmptyParameters(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.url.includes(':')) route.onRequest = prependHook(refuseEmpty, route.onRequest);
  });
}

const refuseEmpty: onRequestHookHandler = (request, _reply, done) => {
  for (const value of Object.values(request.params as Record<string, string>))
    if (value === '') return done(new Refused(noSuchRoute(request)));
  done();
};
