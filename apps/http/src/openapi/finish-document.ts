import { STATUS_CODES } from 'node:http';
import type { SwaggerTransformObject } from '@fastify/swagger';
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { anyProblemSchema } from '../problems/problem-schema.ts';
import { describeWebhooks } from './webhooks.ts';

const SCHEMA_REF = '#/components/schemas/';

type Media = { schema?: { $ref?: string; examples?: unknown[] }; example?: unknown; examples?: unknown };
type Response = { description: string; content?: Record<string, Media> };
type Operation = { requestBody?: { content: Record<string, Media> }; responses: Record<string, Response> };
type Component = { description?: string; examples?: unknown[] };
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Component> };
};

/** Copies the example of a schema to every body of it, removes duplicate schemas, and adds the webhooks. */
export const finishDocument: SwaggerTransformObject = (input) => {
  const transformed = jsonSchemaTransformObject(input) as unknown as Document;
  transformed.components.schemas['Problem'] = anyProblemSchema();
  const document = withoutDuplicates(transformed);
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
    addExamples(operation.requestBody?.content, document);
    for (const [status, response] of Object.entries(operation.responses)) {
      addExamples(response.content, document);
      if (response.description === 'Default Response') response.description = STATUS_CODES[status] ?? status;
    }
  }
  return { ...document, webhooks: describeWebhooks() };
};

function addExamples(content: Record<string, Media> | undefined, { components }: Document): void {
  for (const media of Object.values(content ?? {})) {
    const name = media.schema?.$ref?.slice(SCHEMA_REF.length) ?? '';
    const [example] = media.schema?.examples ?? components.schemas[name]?.examples ?? [];
    if (example !== undefined && media.examples === undefined) media.example = example;
  }
}

/**
 * The zod provider emits each schema twice: as `X` for answers and as `XInput` for requests. Keeps the one that is used,
 * under the plain name. Throws where both are used and differ.
 */
function withoutDuplicates(document: Document): Document {
  const schemas: Record<string, Component> = {};
  const take = (name: string) => {
    const component = document.components.schemas[name];
    const plain = name.replace(/Input$/, '');
    if (component === undefined) throw new Error(`schema ${name} has a reference but is not registered`);
    if (schemas[plain] === component) return;
    const text = JSON.stringify(component);
    if (schemas[plain] !== undefined && plainRefs(text) !== plainRefs(JSON.stringify(schemas[plain])))
      throw new Error(`schema ${plain} differs between requests and answers: name the two differently`);
    schemas[plain] = component;
    for (const nested of refsIn(text)) take(nested);
  };
  take('Problem');
  for (const name of refsIn(JSON.stringify(document.paths))) take(name);
  const sorted = Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const pruned = { ...document, components: { ...document.components, schemas: sorted } };
  return JSON.parse(plainRefs(JSON.stringify(pruned))) as Document;
}

function refsIn(text: string): string[] {
  return [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
}

function plainRefs(text: string): string {
  return text.replaceAll(/("#\/components\/schemas\/\w+?)Input"/g, '$1"');
}
