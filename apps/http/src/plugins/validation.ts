import type { FieldError } from '@frontrow/domain/shared/rejections.ts';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { invalidRequest } from '../problems/errors.ts';

/** The errors of a body beyond these are not listed. */
const ERRORS_MAX = 50;

/** Parses JSON, and checks requests and answers by the zod schemas of the routes. */
export function addValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients often send the content type without a body.
    if (body === '') return done(null);
    return parseJson(request, body, (error, value) =>
      error ? done(invalidRequest([{ pointer: '', detail: 'is not valid JSON' }])) : done(null, value),
    );
  });
}

/** What a pointer into each part of a request begins with; the members of the body start at the root. */
const PREFIXES: Readonly<Record<string, string>> = {
  body: '',
  querystring: '/query',
  params: '/path',
  headers: '/header',
};

const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const prefix = PREFIXES[httpPart ?? 'body'] ?? '';
  return (data) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue, prefix));
    return { error: invalidRequest(errors.slice(0, ERRORS_MAX)) };
  };
};

function fieldErrors(issue: z.core.$ZodIssue, prefix: string): FieldError[] {
  const pointer = prefix + issue.path.map(escaped).join('');
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointer + escaped(key), detail: 'is not known here' }));
}

/** One reference token of a JSON pointer (RFC 6901, section 3). */
function escaped(step: PropertyKey): string {
  return `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
