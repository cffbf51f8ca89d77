import type { App } from '@frontrow/http/routes/route.ts';

const ANSWERS = '/v1/bench/answers/:name';
const METHODS = ['GET', 'POST', 'DELETE'];
const ANSWER_BYTES_MAX = 1 << 20;

/**
 * Adds bare baselines whose answers a benchmark sets: `PUT /v1/bench/answers/:name` stores a JSON object, usually an
 * answer of the measured route, and the other methods answer it.
 */
export function addStoredAnswers(app: App): void {
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
      // A new object for each request, as a handler would create it.
      handler: async ({ params }) => ({ ...answers.get(params.name) }),
    });
  });
}
