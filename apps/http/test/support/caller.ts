import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { PROBLEM_JSON, pathOf } from '../../src/problems/problem.ts';
import type { App } from '../../src/routes/route.ts';
import { accessTokenOf } from './access-token.ts';

export type Call = {
  /** The user whose access token is sent. */
  readonly as?: string;
  readonly scope?: string;
  /** The waiting room's ticket. */
  readonly ticket?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Body = Record<string, never>;
export type Answer = {
  readonly status: number;
  readonly headers: LightMyRequestResponse['headers'];
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read JSON of many shapes
  readonly body: any;
};

/** Makes `call('GET /v1/wallet', { as: 'fan' })`, which fails for a refusal that the route does not document. */
export function createCaller(app: App) {
  return async (operation: `${Method} ${string}`, call: Call = {}): Promise<Answer> => {
    const [method, url] = operation.split(' ') as [Method, string];
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(call.as === undefined ? {} : { authorization: `Bearer ${await tokenFor(call)}` }),
        ...(call.ticket === undefined ? {} : { 'queue-token': call.ticket }),
        ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { payload: call.body as Body }),
    });
    const body: unknown = response.body === '' ? undefined : JSON.parse(response.body);
    if (response.statusCode >= 400 && url.startsWith('/v1/')) assertDocumented(app, method, url, response);
    return { status: response.statusCode, headers: response.headers, body };
  };
}

function tokenFor({ as = '', scope }: Call): Promise<string> {
  return accessTokenOf(as, scope === undefined ? {} : { scope });
}

type Operations = Record<
  string,
  { responses: Record<string, { content: Record<string, { examples: object }> }> }
>;

function assertDocumented(app: App, method: Method, url: string, response: LightMyRequestResponse): void {
  const { type, title, status, detail, instance, code } = response.json<Record<string, unknown>>();
  assert.equal(response.headers['content-type'], PROBLEM_JSON);
  assert.deepEqual([status, instance], [response.statusCode, pathOf(url)]);
  assert.deepEqual(
    [type, title, detail, code].map((member) => typeof member),
    ['string', 'string', 'string', 'string'],
  );
  const operation = operationAt(app, method, pathOf(url));
  const media = operation?.responses[response.statusCode]?.content[PROBLEM_JSON];
  const documented =
    operation === undefined ? ['NOT_FOUND', 'METHOD_NOT_ALLOWED'] : Object.keys(media?.examples ?? {});
  assert.ok(documented.includes(String(code)), `${method} ${url} does not document ${String(code)}`);
}

function operationAt(app: App, method: Method, path: string): Operations[string] | undefined {
  const entries = Object.entries((app.swagger() as unknown as { paths: Record<string, Operations> }).paths);
  // `current` also matches a parameter, so the template with the fewest parameters wins.
  const matching = entries
    .filter(([template]) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .toSorted(([a], [b]) => a.split('{').length - b.split('{').length);
  return matching
    .map(([, operations]) => operations[method.toLowerCase()])
    .find((found) => found !== undefined);
}

export function refusalOf({ status, body }: Answer): [status: number, code: string] {
  return [status, body.code];
}
