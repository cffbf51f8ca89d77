import type { SwaggerTransform } from '@fastify/swagger';
import type { FastifyContextConfig, FastifySchema, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { Scope } from '../identity/scopes.ts';
import { KEY_LENGTH_MAX, KEY_PATTERN } from '../plugins/idempotency-key.ts';
import { problemSchema } from '../problems/problem-schema.ts';
import { type Code, PROBLEMS, PROBLEM_JSON } from '../problems/problem.ts';
import { EXAMPLE } from '../routes/shared/examples.ts';
import { noBody } from '../routes/shared/fields.ts';

type Schema = FastifySchema & { response?: Record<string, object> };

/** Adds to the schema of an operation what its config implies: security, headers and refusals. */
export const describeOperation: SwaggerTransform = (document) => {
  const { schema, url } = jsonSchemaTransform(document) as { schema: Schema; url: string };
  const config: FastifyContextConfig = document.route.config ?? {};
  if (schema === undefined || schema.hide === true) return { schema, url };
  const codes = problemsOf(document.route, config);
  return {
    url,
    schema: {
      ...schema,
      ...(document.schema.body === noBody ? { body: undefined } : {}),
      security: securityOf(config),
      ...(config.idempotencyKey === undefined ? {} : { headers: keyHeader(config.idempotencyKey) }),
      ...(config.cacheable === undefined ? {} : { headers: TAG_HEADER }),
      response: {
        ...withHeaders(schema.response ?? {}, config),
        ...(config.cacheable === undefined ? {} : { 304: NOT_MODIFIED }),
        ...problemResponses(codes, config),
      },
    },
  };
};

/** One alternative for each scope that suffices. OpenAPI 3.1 allows the names of scopes for any kind of scheme. */
function securityOf({ identity, queueToken }: FastifyContextConfig): Record<string, string[]>[] {
  const scope = scopeOf(identity);
  if (scope !== null) return [...new Set([scope, 'admin'])].map((name) => ({ accessToken: [name] }));
  const needed = {
    ...(identity === 'anyone' ? {} : { accessToken: [] }),
    ...(queueToken === undefined ? {} : { queueToken: [] }),
  };
  return Object.keys(needed).length === 0 ? [] : [needed];
}

function scopeOf(identity: FastifyContextConfig['identity']): Scope | null {
  return identity === undefined || identity === 'anyone' || identity === 'user' ? null : identity;
}

function keyHeader(use: 'required' | 'accepted') {
  const description = 'A new key for each intent, the same key for its repeats; visible ASCII characters';
  return {
    type: 'object',
    properties: {
      'Idempotency-Key': {
        type: 'string',
        description,
        minLength: 1,
        maxLength: KEY_LENGTH_MAX,
        pattern: KEY_PATTERN,
        examples: [EXAMPLE.idempotencyKey],
      },
    },
    required: use === 'required' ? ['Idempotency-Key'] : [],
  };
}

const TAG_HEADER = {
  type: 'object',
  properties: {
    'If-None-Match': {
      type: 'string',
      description: 'The ETag of the answer that the caller has; 304 where it is current',
      examples: [EXAMPLE.etag],
    },
  },
};
const TAG = { ETag: 'Identifies this answer, for If-None-Match', 'Cache-Control': '`public, max-age=1`' };
/** By draft-ietf-httpapi-ratelimit-headers-10. Absent where the operator turns the limits off. */
const RATE_LIMIT = {
  RateLimit: 'What remains of the limit, and for how many seconds: `"holds-per-user";r=49;t=10`',
  'RateLimit-Policy': 'The limit and its window in seconds: `"holds-per-user";q=50;w=10`',
};
const NOT_MODIFIED = {
  type: 'null',
  description: 'The answer of If-None-Match is current',
  headers: described(TAG),
};

function withHeaders(
  responses: Record<string, object>,
  { answerHeaders, idempotencyKey, cacheable, countedAs }: FastifyContextConfig,
): Record<string, object> {
  const named = {
    ...answerHeaders,
    ...(cacheable === undefined ? {} : TAG),
    ...(countedAs === undefined || cacheable === true ? {} : RATE_LIMIT),
    ...(idempotencyKey === undefined
      ? {}
      : { 'Idempotent-Replayed': '`true` for the stored answer of an earlier request with the same key' }),
  };
  if (Object.keys(named).length === 0) return responses;
  const headers = described(named);
  return Object.fromEntries(
    Object.entries(responses).map(([status, schema]) => [status, { ...schema, headers }]),
  );
}

function described(named: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(named).map(([name, description]) => [name, { type: 'string', description }]),
  );
}

/** Lists the codes that the operation may answer with. */
function problemsOf({ method, url }: RouteOptions, config: FastifyContextConfig): Code[] {
  if (!url.startsWith('/v1/')) return ['VALIDATION_FAILED', 'INTERNAL'];
  const { identity, queueToken, idempotencyKey, problems = [] } = config;
  const codes: Code[] = [
    'VALIDATION_FAILED',
    ...(idempotencyKey === 'required' ? (['IDEMPOTENCY_KEY_REQUIRED'] as const) : []),
    ...(identity === 'anyone' ? [] : (['UNAUTHENTICATED'] as const)),
    ...(scopeOf(identity) === null ? [] : (['FORBIDDEN'] as const)),
    ...(queueToken === undefined ? [] : (['QUEUE_TOKEN_REQUIRED', 'QUEUE_TOKEN_INVALID'] as const)),
    ...problems,
    ...(config.countedAs === undefined ? [] : (['RATE_LIMITED'] as const)),
    ...(idempotencyKey === undefined ? [] : (['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'] as const)),
    ...(method === 'GET' ? [] : (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)),
    'INTERNAL',
    'UNAVAILABLE',
  ];
  return [...new Set(codes)];
}

const RETRY_AFTER = { type: 'integer', minimum: 0, maximum: 86_400, description: 'Seconds' };

function problemResponses(
  codes: readonly Code[],
  { countedAs }: FastifyContextConfig,
): Record<string, object> {
  const byStatus = Object.groupBy(codes, (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => {
      const examples = Object.fromEntries(
        group.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
      );
      const limit = group.includes('RATE_LIMITED') && countedAs !== undefined ? described(RATE_LIMIT) : {};
      const waits = group.some((code) => 'retryAfterSeconds' in PROBLEMS[code]);
      return [
        status,
        {
          description: group.join(', '),
          content: { [PROBLEM_JSON]: { schema: problemSchema(group), examples } },
          ...(waits ? { headers: { 'Retry-After': RETRY_AFTER, ...limit } } : {}),
        },
      ];
    }),
  );
}
