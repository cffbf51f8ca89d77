import type { FastifyInstance, RouteOptions } from 'fastify';
import type { App } from '@frontrow/http/routes/route.ts';

const ANSWERS = '/v1/bench/answers/:name';
const METHODS = ['GET', 'POST', 'DELETE'];
const ANSWER_BYTES_MAX = 1 << 20;

/**
 * Baselines for every route there is. `/v1/bench/guarded/…` stands beside each, in the same scope, so that it has the same
 * hooks and validations, before a handler that does nothing. `/v1/bench/answers/…` is bare: it answers the JSON that was
 * put there last, which is one that the measured route gave.
 */
export function addMirrors(app: App): void {
  // The routes are added when the server gets ready, which is after this.
  app.addHook('onRoute', function (this: FastifyInstance, { method, url, config, schema }: RouteOptions) {
    if (typeof method !== 'string' || !METHODS.includes(method)) return;
    if (!url.startsWith('/v1/') || url.startsWith('/v1/bench/')) return;
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

  app.register(async (bare) => {
    const answers = new Map<string, object>();
    bare.put<{ Params: { name: string }; Body: object }>(
      ANSWERS,
      { bodyLimit: ANSWER_BYTES_MAX, schema: { hide: true } },
      async ({ params, body }) => {
        answers.set(params.name, body as object);
        return {};
      },
    );
    bare.route<{ Params: { name: string } }>({
      method: METHODS,
      url: ANSWERS,
      schema: { hide: true },
      // A new object each time, as a handler would make it.
      handler: async ({ params }) => ({ ...answers.get(params.name) }),
    });
  });
}
