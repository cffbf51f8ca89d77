import { isUtf8 } from 'node:buffer';
import type { FieldError } from '@frontrow/domain/shared/refusals.ts';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { invalidRequest } from '../problems/errors.ts';
import { BODY_BYTES_MAX } from '../request-limits.ts';
import { illFormedTexts } from './ill-formed-texts.ts';
import { referenceToken } from './json-pointer.ts';

/** The errors of a body beyond these are not listed. */
const ERRORS_MAX = 50;
/** Of a large body only the first error is listed: zod would keep an object for each of millions. */
const FIRST_ERROR: Pick<z.core.ParseContextInternal, 'abortEarly' | 'jitless'> = { abortEarly: true };
const largeBodies = new WeakSet<object>();

/** Parses JSON, and checks requests and answers by the zod schemas of the routes. */
export function addValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    // Clients often send the content type without a body.
    if (bytes.length === 0) return done(null);
    // Decoding would replace what is not UTF-8 without a sign.
    if (!isUtf8(bytes)) return done(invalidRequest([{ pointer: '', detail: 'is not valid UTF-8' }]));
    const text = bytes.toString();
    return parseJson(request, text, (error, value) => {
      if (error) return done(invalidRequest([{ pointer: '', detail: 'is not valid JSON' }]));
      // Only an escape can spell a lone surrogate.
      const illFormed = text.includes('\\u') ? illFormedTexts(value, ERRORS_MAX) : [];
      if (illFormed.length > 0) return done(invalidRequest(illFormed));
      if (bytes.length > BODY_BYTES_MAX && isObject(value)) largeBodies.add(value);
      return done(null, value);
    });
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
    const isLarge = isObject(data) && largeBodies.has(data);
    const parsed = schema.safeParse(data, isLarge ? FIRST_ERROR : {});
    if (parsed.success) return { value: parsed.data };
    const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue, prefix));
    return { error: invalidRequest(errors.slice(0, ERRORS_MAX)) };
  };
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fieldErrors(issue: z.core.$ZodIssue, prefix: string): FieldError[] {
  const pointer = prefix + issue.path.map(referenceToken).join('');
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointer + referenceToken(key), detail: 'is not known here' }));
}
