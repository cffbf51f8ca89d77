import cors from '@fastify/cors';
import type { Readiness } from '@frontrow/adapters/process/readiness.ts';
import type { Tracing } from '@frontrow/adapters/process/tracing/tracing.ts';
import type { Application } from '@frontrow/application/application.ts';
import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import { type FastifyBaseLogger, LogController, fastify } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AuthConfig, HttpConfig } from './config.ts';
import type { CrowdProcess } from './crowd/crowd-process.ts';
import type { Authenticate } from './identity/authenticator.ts';
import { createIssueDevToken } from './identity/dev-token-signer.ts';
import { addHealth } from './observability/health.ts';
import type { Metrics } from './observability/metrics.ts';
import { addTracing } from './observability/trace-requests.ts';
import { addLogger, addObservation } from './observability/observation.ts';
import { givenRequestIdOf } from './observability/request-id.ts';
import { addOpenapi, addRootRedirect } from './openapi/serve-openapi.ts';
import { collectPaths } from './plugins/allowed-methods.ts';
import { addAuthentication } from './plugins/authentication.ts';
import { corsOptions } from './plugins/cors.ts';
import { addDraining } from './plugins/draining.ts';
import { addEmptyParameters } from './plugins/empty-parameters.ts';
import { addIdempotencyKeys } from './plugins/idempotency-key.ts';
import { addInFlightLimit } from './plugins/in-flight-limit.ts';
import { addNoStore } from './plugins/no-store.ts';
import { addQueueTokenGuard } from './plugins/queue-token-guard.ts';
import { addRateLimits } from './plugins/rate-limits.ts';
import { addSecurityHeaders, securityHeaders } from './plugins/security-headers.ts';
import { addSingleHeaders } from './plugins/single-headers.ts';
import { addStrictRequests } from './plugins/strict-requests.ts';
import { addValidation } from './plugins/validation.ts';
import { handleError, handleNotFound } from './problems/errors.ts';
import type { RateLimiter } from './rate-limits/rate-limiter.ts';
import {
  BODY_BYTES_MAX,
  CONNECTION_SILENT_MS_MAX,
  PATH_PARAMETER_LENGTH_MAX,
  REQUEST_RECEIVED_MS_MAX,
} from './request-limits.ts';
import { getCrowd } from './routes/development/get-crowd.ts';
import { issueDevToken } from './routes/development/issue-dev-token.ts';
import { startCrowd } from './routes/development/start-crowd.ts';
import { stopCrowd } from './routes/development/stop-crowd.ts';
import { ROUTES } from './routes/route-table.ts';
import type { App } from './routes/route.ts';
import type { PollLimit } from './routes/waiting-room/poll-limit.ts';
import { type Streams, createStreams } from './streams/streams.ts';
import { addWeb } from './web/serve-web.ts';
import type { Web } from './web/web-build.ts';

export type ServerParts = {
  readonly application: Application;
  readonly authenticate: Authenticate;
  readonly tokenSigner: Pick<TokenSigner, 'verify'>;
  readonly config: Pick<
    HttpConfig,
    | 'operationsPort'
    | 'auth'
    | 'corsOrigins'
    | 'trustedProxies'
    | 'requestsInFlightMax'
    | 'queueStreamsMax'
    | 'hstsMaxAgeS'
    | 'walletCharges'
  >;
  /** Null where the pages are left out. */
  readonly web: Web | null;
  readonly pollLimit: PollLimit;
  /** Null where requests and streams are not limited by user and address. */
  readonly rateLimiter: RateLimiter | null;
  /** Null where no bots come: outside memory mode, and without development tokens. */
  readonly crowd: CrowdProcess | null;
  readonly tracing: Pick<Tracing, 'startRequest'>;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger;
};

/** Builds the HTTP server; a test injects requests into it without listening. */
export function buildServer(parts: ServerParts): App {
  const { application, config, web, readiness, metrics, logger } = parts;
  const headers = securityHeaders(config.hstsMaxAgeS);
  const app = fastify({
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: givenRequestIdOf,
    requestIdHeader: false,
    bodyLimit: BODY_BYTES_MAX,
    connectionTimeout: CONNECTION_SILENT_MS_MAX,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestTimeout: REQUEST_RECEIVED_MS_MAX,
    http: { optimizeEmptyRequests: true },
    routerOptions: { maxParamLength: PATH_PARAMETER_LENGTH_MAX },
    // A request that arrives while the server drains is answered, and its connection closed.
    return503OnClosing: false,
    frameworkErrors(error, request, reply) {
      addLogger(request, reply, logger); // no hook runs for a path that cannot be read
      void handleError(error, request, reply.headers(headers));
    },
  }).withTypeProvider<ZodTypeProvider>();

  const streams = createStreams({
    application,
    queueMetrics: metrics.queue,
    logger,
    streamsMax: config.queueStreamsMax,
    limitsClients: parts.rateLimiter !== null,
  });

  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleNotFound);
  // First, so that everything else of a request belongs to its trace.
  if (parts.tracing.startRequest !== null) addTracing(app, parts.tracing.startRequest);
  addObservation(app, metrics, logger);
  addSecurityHeaders(app, headers);
  addSingleHeaders(app);
  const refuseOtherMethods = collectPaths(app);
  app.addHook('preClose', () => streams.openStreams.stop()); // first, because draining waits for the connections
  addDraining(app, readiness);
  addValidation(app);
  if (config.corsOrigins.length > 0) app.register(cors, corsOptions(config.corsOrigins));
  addOpenapi(app);
  if (web === null) addRootRedirect(app);
  else addWeb(app, web);
  // In a scope of their own, after CORS, so that a refusal by their hooks has CORS headers.
  app.register(async (scope) => addRoutes(scope.withTypeProvider<ZodTypeProvider>(), { ...parts, streams }));
  if (config.operationsPort === null)
    app.register(async (scope) => addHealth(scope.withTypeProvider<ZodTypeProvider>(), readiness, metrics));
  app.register(async (scope) => {
    addEmptyParameters(scope);
    refuseOtherMethods(scope);
  });
  return app;
}

type RouteParts = ServerParts & { readonly streams: Streams };

function addRoutes(app: App, parts: RouteParts): void {
  const { application, authenticate, tokenSigner, config, metrics, pollLimit, rateLimiter, streams } = parts;
  addNoStore(app);
  addInFlightLimit(app, metrics.requestsInFlight, config.requestsInFlightMax);
  addEmptyParameters(app);
  addAuthentication(app, authenticate);
  addStrictRequests(app);
  addIdempotencyKeys(app);
  addQueueTokenGuard(app, tokenSigner);
  if (rateLimiter !== null) addRateLimits(app, rateLimiter);
  const { outcomes, queue: queueMetrics, seatStreams: seatStreamCount } = metrics;
  const { walletCharges } = config;
  const counts = { outcomes, queueMetrics, seatStreamCount };
  const context = { application, pollLimit, walletCharges, ...streams, ...counts };
  for (const add of ROUTES) add(app, context);
  if (isDev(config.auth)) issueDevToken(app, createIssueDevToken(config.auth));
  if (parts.crowd !== null) for (const add of [startCrowd, getCrowd, stopCrowd]) add(app, parts.crowd);
}

function isDev(auth: AuthConfig): auth is AuthConfig & { readonly kind: 'dev' } {
  return auth.kind === 'dev';
}
