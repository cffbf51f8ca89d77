import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { describeOperation } from './describe-operation.ts';
import { finishDocument } from './finish-document.ts';
import { problemExamples } from '../problems/problem-examples.ts';

const INFO = {
  title: 'frontrow',
  version: manifest.version,
  description:
    'Seat reservations for a crowd that arrives all at once: a fair waiting room, exclusive holds, exact money. ' +
    'Amounts are integers in won, times are ISO 8601 in UTC, ids are opaque. ' +
    'Errors are RFC 9457 problems with a stable `code`.',
};

const SECURITY_SCHEMES = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: '`sub` is the user id; `scope` may contain `admin`.',
  },
  queueToken: {
    type: 'apiKey',
    in: 'header',
    name: 'Queue-Token',
    description: 'The newest ticket of the waiting room, from the `token` of a queue status.',
  },
} as const;

/** Serves OpenAPI 3.1 at /openapi.json and an interactive page at /docs. */
export function addOpenapi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      components: { securitySchemes: SECURITY_SCHEMES, examples: problemExamples() },
    },
    transform: describeOperation,
    transformObject: finishDocument,
  });
  app.register(swaggerUi, { routePrefix: '/docs' });
  app.register(async (scope) => {
    scope.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
      reply.serializer(JSON.stringify).send(scope.swagger()),
    );
  });
}
