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
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object; examples: object };
};

async function readDocument(): Promise<Document> {
  return JSON.parse(await generateOpenapi()) as Document;
}

/** The parts that every operation must have and this one lacks. */
function lacksOf({ operationId = '', summary = '', requestBody, responses }: Operation): string[] {
  const statuses = Object.keys(responses);
  const bodies = [requestBody, ...Object.values(responses)].flatMap((body) =>
    Object.values(body?.content ?? {}),
  );
  return [
    ...(/^[a-z][A-Za-z]+$/.test(operationId) ? [] : ['an operationId']),
    ...(summary === '' ? ['a summary'] : []),
    ...(statuses.some((status) => status.startsWith('2')) ? [] : ['an answer']),
    ...(statuses.some((status) => status >= '400') ? [] : ['its errors']),
    ...bodies.filter(({ example, examples }) => (example ?? examples) === undefined).map(() => 'an example'),
  ];
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
    expect(described).toHaveLength(ROUTES.length + 1);
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

  it('is served with a page to browse it', async () => {
    const { app } = createTestServer();
    const served = await app.inject('/openapi.json');
    expect(served.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'frontrow' } });
    const page = await app.inject('/docs/');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});
