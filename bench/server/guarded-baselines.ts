import type { FastifyInstance, RouteOptions } from 'fastify';
import type { App } from '@frontrow/http/routes/route.ts';

const METHODS = ['GET', 'POST', 'DELETE'];

/**
 * Adds a baseline `/v1/bench/guarded/…` beside every route of the API and `/livez`, in the same scope: it runs the same hooks and validations,
 * and its handler answers an empty object.
 */
export function addGuardedBaselines(app: App): void {
  // A hook, because the routes are registered only when the server becomes ready.
  app.addHook('onRoute', function (this: FastifyInstance, { method, url, config, schema }: RouteOptions) {
    if (typeof method !== 'string' || !METHODS.includes(method)) return;
    if (url !== '/livez' && (!url.startsWith('/v1/') || url.startsWith('/v1/bench/'))) return;
    const { params, querystring, body } = schema ?? {};
    const checked = Object.entries({ params, querystring, body }).filter(([, part]) => part !== undefined);
    this.route({
      method,
      url: `/v1/bench/guarded${url}`,
      ...(config === undefined ? {} : { config }),
      schema: { hide: true, ...Object.fromEntries(checked) },
      handler: async () => ({}),
    });
  });
}
