import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateOpenapi } from '../../src/openapi/generate-openapi.ts';
import { PROBLEMS } from '../../src/problems/problem.ts';
import { ROUTES } from '../../src/routes/route-table.ts';
import { createTestServer } from '../support/test-server.ts';

const FILE = new URL('../../../../docs/openapi.json', import.meta.url);

type Media = { example?: unknown; examples?: object; schema: { $ref?: string } };
type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  tags: string[];
  parameters?: { name: string; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
};
type Document = {
  openapi: string;
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object; examples: object };
};

async function readDocument(): Promise<Document> {
  return JSON.parse(await generateOpenapi()) as Document;
}

/** The parts that every operation must have and this one lacks. */
function lacksOf(operation: Operation): string[] {
  const { operationId = '', summary = '', description = '', requestBody, responses } = operation;
  const statuses = Object.keys(responses);
  const bodies = [requestBody, ...Object.values(responses)].flatMap((body) =>
    Object.values(body?.content ?? {}),
  );
  return [
    ...(/^[a-z][A-Za-z]+$/.test(operationId) ? [] : ['an operationId']),
    ...(summary === '' ? ['a summary'] : []),
    ...(description === '' ? ['a description'] : []),
    ...(statuses.some((status) => status.startsWith('2')) ? [] : ['an answer']),
    ...(statuses.some((status) => status >= '400') ? [] : ['its errors']),
    ...bodies.filter(({ example, examples }) => (example ?? examples) === undefined).map(() => 'an example'),
  ];
}

type IntegerSchema = { readonly minimum?: unknown; readonly maximum?: unknown };

function* integersIn(value: unknown): Iterable<IntegerSchema> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && [value.type].flat().includes('integer')) yield value as IntegerSchema;
  for (const member of Object.values(value)) yield* integersIn(member);
}

describe('the OpenAPI document', () => {
  it('equals docs/openapi.json, which pnpm openapi writes', async () => {
    expect(await generateOpenapi()).toBe(readFileSync(FILE, 'utf8'));
  });

  it('describes every /v1 route with an id, a summary, its errors and examples', async () => {
    const { openapi, paths } = await readDocument();
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
    );
    const described = operations.filter(({ path }) => path.startsWith('/v1/'));
    const forDevelopment = described.filter(({ path }) => path.startsWith('/v1/dev/'));
    expect(described).toHaveLength(ROUTES.length + forDevelopment.length);
    const lacking = described.flatMap(({ name, operation }) =>
      lacksOf(operation).map((lack) => `${name}: ${lack}`),
    );
    expect(lacking).toEqual([]);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has each schema once, and no dangling reference', async () => {
    const { components, ...rest } = await readDocument();
    const text = JSON.stringify({ components, ...rest });
    const references = [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    const dangling = references.filter(
      ([, kind = '', name = '']) => !(name in ((components as Record<string, object>)[kind] ?? {})),
    );
    expect(dangling.map(([reference]) => reference)).toEqual([]);
    expect(Object.keys(components.schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
    expect(Object.keys(components.examples).toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });

  it('bounds every integer and gives every problem a schema by its code', async () => {
    const { components, paths } = await readDocument();
    const unbounded = [...integersIn({ components, paths })].filter(
      ({ minimum, maximum }) =>
        typeof minimum !== 'number' || typeof maximum !== 'number' || maximum >= Number.MAX_SAFE_INTEGER,
    );
    expect(unbounded).toEqual([]);
    const { Problem } = components.schemas as Record<string, { oneOf: object[]; discriminator: object }>;
    expect(Problem?.discriminator).toMatchObject({
      propertyName: 'code',
      mapping: { SEAT_UNAVAILABLE: '#/components/schemas/SeatUnavailableProblem' },
    });
    expect(Problem?.oneOf).toHaveLength(Object.keys(PROBLEMS).length);
    expect(components.schemas).toMatchObject({
      SeatUnavailableProblem: { properties: { unavailableSeats: { type: 'array' } } },
    });
  });

  it('describes headers and queries in their schemas', async () => {
    const { paths, servers, tags } = await readDocument();
    const schemaOf = (path: string, method: string, name: string) =>
      paths[path]?.[method]?.parameters?.find((parameter) => parameter.name === name)?.schema;
    expect(schemaOf('/v1/payments', 'post', 'Idempotency-Key')).toMatchObject({
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[!-~]+$',
    });
    expect(schemaOf('/v1/concerts/{concertId}/events', 'get', 'bookable')).toMatchObject({ type: 'boolean' });
    expect(servers.map(({ url }) => url)).toEqual(['/', 'http://127.0.0.1:3000']);
    const used = Object.values(paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ tags: of }) => of),
    );
    expect(new Set(used)).toEqual(new Set(tags.map(({ name }) => name)));
  });

  it('is served with a page to browse it', async () => {
    const { app } = createTestServer();
    const served = await app.inject('/openapi.json');
    expect(served.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'frontrow' } });
    const page = await app.inject('/docs/');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});
