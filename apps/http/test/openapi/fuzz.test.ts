import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEST_SECRET, accessTokenOf } from '../support/access-token.ts';
import { type Schema, otherValuesOf, valuesOf } from '../support/fuzz/values-of-schema.ts';
import { chargeWallet, hold, join, newKey, putOnSale } from '../support/scenario.ts';
import { createTestServer } from '../support/test-server.ts';

type Media = { readonly schema: Schema };
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema };
type Operation = {
  operationId: string;
  security?: readonly object[];
  parameters?: readonly Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
type Method = NonNullable<InjectOptions['method']>;
type Case = { readonly method: Method; readonly path: string; readonly operation: Operation };

const RUNS_PER_OPERATION = 80;
const STREAM = 'streamQueueStatus';

const auth = {
  kind: 'dev',
  secret: TEST_SECRET,
  issuer: undefined,
  audience: undefined,
  lifetimeMaxS: 86_400,
} as const;

/** A server where the fan has a hold, a payment, and a place in every state. */
async function createFuzzedServer() {
  const server = createTestServer({ auth });
  const sale = await putOnSale(server);
  const other = await putOnSale(server);
  await chargeWallet(server, 'fan', 100_000);
  const paid = await hold(server, sale, 'fan', [1]);
  const body = { reservationId: paid.id };
  const payment = await server.call('POST /v1/payments', { as: 'fan', key: newKey(), body });
  const held = await hold(server, other, 'fan', [1]);
  const fresh = await putOnSale(server);
  return {
    app: server.app,
    ids: [sale.concertId, sale.eventId, fresh.concertId, fresh.eventId, paid.id, held.id, payment.body.id],
    ended: paid.ticket,
    tickets: [paid.ticket, held.ticket, await join(server, fresh.concertId, 'fan'), 'v1.forged'],
    tokens: [await accessTokenOf('fan'), await accessTokenOf('fan', { scope: 'admin' })],
  };
}

function readCases({ paths }: Document): Case[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

const server = await createFuzzedServer();
await server.app.ready();
const document = server.app.swagger() as unknown as Document;

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ ...document, $id: 'openapi' });

function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`${schema.$ref} is dangling`);
  return found;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('%', '%ff', 'x'.repeat(2_000)),
);
const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** An object may have a `toString` that is no function. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The values of one parameter as text; undefined for none. */
function parameterValues({
  in: place,
  schema,
  required = false,
}: Parameter): fc.Arbitrary<string | undefined> {
  const valid = valuesOf(schema, resolve).map(textOf);
  if (place === 'path') return fc.oneof(fc.constantFrom<string>(...server.ids), valid, text);
  const given = rarely(valid, otherValuesOf(schema, resolve).map(textOf));
  return required
    ? rarely<string | undefined>(given, fc.constant(undefined))
    : fc.option(given, { nil: undefined });
}

function headersOf({ operation }: Case): fc.Arbitrary<Record<string, string | undefined>> {
  // A stream of a live place does not end.
  const tickets = operation.operationId === STREAM ? [server.ended, 'v1.forged'] : server.tickets;
  const token = fc.constantFrom(...server.tokens).map((accessToken) => `Bearer ${accessToken}`);
  const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header');
  return fc.record({
    authorization: rarely<string | undefined>(
      token,
      fc.constantFrom(undefined, '', 'Bearer x', 'Basic eDp5'),
    ),
    'queue-token': rarely<string | undefined>(
      fc.constantFrom(...tickets),
      fc.constantFrom(undefined, '', '💺'),
    ),
    ...Object.fromEntries(
      named.map((parameter) => [parameter.name.toLowerCase(), parameterValues(parameter)]),
    ),
  });
}

type Payload = { readonly type: string | undefined; readonly payload: string | undefined };

/** Valid and invalid bodies; seats and ids that exist are among them. */
function payloadsOf({ operation }: Case): fc.Arbitrary<Payload> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const none = fc.constant({ type: undefined, payload: undefined });
  if (schema === undefined)
    return rarely<Payload>(
      none,
      fc.constantFrom({ type: 'application/json', payload: '{"seatNumbers":[1]}' }),
    );
  const properties = Object.keys(resolve(schema).properties ?? {}).filter((name) => name.endsWith('Id'));
  const known = fc
    .tuple(valuesOf(schema, resolve), fc.constantFrom(...server.ids))
    .map(([value, id]) => ({ ...(value as object), ...Object.fromEntries(properties.map((p) => [p, id])) }));
  const json = fc
    .oneof(valuesOf(schema, resolve), known, otherValuesOf(schema, resolve))
    .map((value) => ({ type: 'application/json', payload: JSON.stringify(value) }));
  const broken = fc.record({
    type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-16', ''),
    payload: fc.oneof(text, fc.constantFrom('{', '{"a":1,"a":2}')),
  });
  const tooLarge = fc.constant({ type: 'application/json', payload: 'x'.repeat(20_000) });
  return fc.oneof(
    { weight: 6, arbitrary: json },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: tooLarge },
    { weight: 1, arbitrary: none },
  );
}

function requestsOf(of: Case): fc.Arbitrary<InjectOptions> {
  const placed = (place: Parameter['in']) =>
    fc.record(
      Object.fromEntries(
        (of.operation.parameters ?? [])
          .filter((parameter) => parameter.in === place)
          .map((parameter) => [parameter.name, parameterValues(parameter)]),
      ),
    );
  return fc
    .tuple(placed('path'), placed('query'), headersOf(of), payloadsOf(of))
    .map(([path, query, headers, { type, payload }]) => {
      const search = new URLSearchParams(
        Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ).toString();
      const url = of.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encode(path[name] ?? ''));
      const all = { ...headers, 'content-type': type };
      return {
        method: of.method,
        url: search === '' ? url : `${url}?${search}`,
        // A client sends headers as bytes: it cannot send other characters.
        headers: Object.fromEntries(
          Object.entries(all).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?')]],
          ),
        ),
        ...(payload === undefined ? {} : { payload }),
      };
    });
}

/** One segment of a path; a client resolves `.` and `..` itself. */
function encode(value: string): string {
  const segment = encodeURIComponent(value.toWellFormed());
  return /^\.{0,2}$/.test(segment) ? 'dots' : segment;
}

/** Why the answer is not one that the document describes; null where it is. */
function complaintAbout(of: Case, answer: LightMyRequestResponse): string | null {
  const { statusCode } = answer;
  if (statusCode >= 500) return `status ${statusCode}`;
  const response = of.operation.responses[statusCode];
  if (response === undefined) return `status ${statusCode} is not documented`;
  const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
  if (answer.body === '') return response.content === undefined ? null : 'the body is missing';
  if (response.content?.[type] === undefined) return `content type ${type} is not documented`;
  const steps = [
    'paths',
    of.path,
    of.method.toLowerCase(),
    'responses',
    `${statusCode}`,
    'content',
    type,
    'schema',
  ];
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
  const validate = ajv.getSchema(`openapi#/${pointer.join('/')}`);
  if (validate === undefined) return 'the body has no schema';
  const body: unknown = type.endsWith('json') ? answer.json() : answer.body;
  return validate(body) ? null : ajv.errorsText(validate.errors);
}

describe('every route, with random requests of its document,', () => {
  const statuses = new Set<number>();
  it.each(readCases(document).map((of) => [`${of.method} ${of.path}`, of] as const))(
    'answers as documented: %s',
    async (_name, of) => {
      const run = await fc.check(
        fc.asyncProperty(requestsOf(of), async (request) => {
          const answer = await server.app.inject(request);
          statuses.add(answer.statusCode);
          const complaint = complaintAbout(of, answer);
          if (complaint !== null) throw new Error(`${complaint}\n${answer.body.slice(0, 500)}`);
        }),
        { numRuns: RUNS_PER_OPERATION },
      );
      // The report has the seed and the smallest request that fails.
      expect(run.failed ? fc.defaultReportMessage(run) : null).toBeNull();
    },
  );

  it('has met successes and refusals of many kinds', () => {
    expect(readCases(document).length).toBeGreaterThan(25);
    for (const status of [200, 201, 204, 400, 401, 403, 404, 413, 415]) expect(statuses).toContain(status);
  });
});
