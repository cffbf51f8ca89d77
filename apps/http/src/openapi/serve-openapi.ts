import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { SCOPES } from '../identity/scopes.ts';
import { describeOperation } from './describe-operation.ts';
import { finishDocument } from './finish-document.ts';
import { PAGE_POLICY } from '../plugins/security-headers.ts';
import { problemExamples } from '../problems/problem-examples.ts';

const INFO = {
  title: 'frontrow',
  license: { name: 'MIT', identifier: 'MIT' },
  version: manifest.version,
  description:
    'Seat reservations for a crowd that arrives all at once: a fair waiting room, exclusive holds, exact money. ' +
    'Amounts are integers in won, times are ISO 8601 in UTC, ids are opaque. ' +
    'Errors are RFC 9457 problems with a stable `code`.',
};

const SERVERS = [
  { url: '/', description: 'The server that serves this document' },
  { url: 'http://127.0.0.1:3000', description: 'The server of `npm start`' },
];

const TAGS = [
  { name: 'Concerts', description: 'What is on sale: concerts and their dates.' },
  { name: 'Waiting room', description: 'Join, poll or stream the place in the line, and leave.' },
  { name: 'Seats', description: 'The seat map of a date, for fans who are admitted.' },
  { name: 'Reservations', description: 'Hold seats for a limited time; extend, read and cancel holds.' },
  { name: 'Payments', description: 'Pay holds from the wallet.' },
  { name: 'Wallet', description: "The caller's balance and its ledger." },
  { name: 'Admin', description: 'For organisers and their staff, whose access token has a scope.' },
  {
    name: 'Webhooks',
    description:
      'Endpoints that receive signed messages by Standard Webhooks, and the log of their deliveries.',
  },
  { name: 'Development', description: 'Only where `AUTH_MODE=dev`.' },
  { name: 'Operation', description: 'Probes and metrics, for load balancers and Prometheus.' },
];

const SECURITY_SCHEMES = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: `\`sub\` is the user id; \`scope\` is a list with spaces between its entries. ${describeScopes()}`,
  },
  queueToken: {
    type: 'apiKey',
    in: 'header',
    name: 'Queue-Token',
    description: 'The newest ticket of the waiting room, from the `token` of a queue status.',
  },
} as const;

function describeScopes(): string {
  return Object.entries(SCOPES)
    .map(([scope, meaning]) => `\`${scope}\`: ${meaning}.`)
    .join(' ');
}

/** What a program reads at `/`. */
const INDEX = {
  name: INFO.title,
  version: INFO.version,
  documentation: '/docs',
  openapi: '/openapi.json',
  concerts: '/v1/concerts',
};

/** Serves OpenAPI 3.1 at /openapi.json and an interactive page at /docs. */
export function addOpenapi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      servers: SERVERS,
      tags: TAGS,
      components: { securitySchemes: SECURITY_SCHEMES, examples: problemExamples() },
    },
    transform: describeOperation,
    transformObject: finishDocument,
  });
  app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiConfig: { validatorUrl: null }, // the badge would be an image of another server
  });
  app.register(async (scope) => {
    scope.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
      reply.serializer(JSON.stringify).send(scope.swagger()),
    );
  });
}

/** Lets / lead to the documentation, where no page is served there. */
export function addRootRedirect(app: FastifyInstance): void {
  app.register(async (scope) => {
    scope.get('/', { schema: { hide: true } }, async (_request, reply) =>
      sendApiIndex(reply.code(302).header('Location', INDEX.documentation)),
    );
  });
}

export function sendApiIndex(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(INDEX);
}
