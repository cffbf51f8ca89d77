import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';
import type { RouteDurations } from './request-durations.ts';
import { hasRequestId } from './request-id.ts';
import { RequestLogger } from './request-logger.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** By the monotonic clock, in ms. */
    startedAtMs: number;
  }
  interface FastifyContextConfig {
    durations?: RouteDurations;
  }
}

/** A request that takes longer than this has a log line also where it succeeds. */
const SLOW_MS = 1_000;
const UNKNOWN_ROUTE = 'unknown';

/**
 * Observes the time until the answer of each request is ready, and logs the request. Both name the route, never the URL,
 * which may contain a user id, and neither has headers or bodies. An answer has `X-Request-Id` where a log line or the audit
 * log has it, or where the caller has sent it.
 */
export function addObservation(
  app: FastifyInstance,
  { durations }: Metrics,
  logger: FastifyBaseLogger,
): void {
  const unknown = durations.ofRoute(UNKNOWN_ROUTE);
  app.decorateRequest('startedAtMs', 0);
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, durations: durations.ofRoute(route.url) };
  });

  // Hooks that every request runs have callbacks: a promise costs more than their work.
  app.addHook('onRequest', (request, reply, done) => {
    request.startedAtMs = performance.now();
    addLogger(request, reply, logger);
    done();
  });

  // Not `onResponse`: its listeners cost more than all that is observed, and a slow reader is not a slow server.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { config } = request.routeOptions;
    const elapsedMs = elapsedMsOf(request);
    (config.durations ?? unknown).observe(request.method, reply.statusCode, elapsedMs / 1_000);
    logRequest(request, reply, elapsedMs);
    if (hasRequestId(request)) reply.header('X-Request-Id', request.id);
    done();
  });
}

/** Gives the request a logger in place of that of Fastify, which would be created and checked for each request. */
export function addLogger(request: FastifyRequest, reply: FastifyReply, logger: FastifyBaseLogger): void {
  request.log = new RequestLogger(logger, request);
  reply.log = request.log;
}

/** Writes the log line of a request: `info` where it has failed or was slow, otherwise `debug`. */
export function logRequest(
  request: FastifyRequest,
  { statusCode }: FastifyReply,
  elapsedMs = elapsedMsOf(request),
): void {
  const { method, log } = request;
  const level = statusCode >= 400 || elapsedMs >= SLOW_MS ? 'info' : 'debug';
  if (level === 'debug' && !isDebugging(log)) return;
  const route = request.routeOptions.url ?? UNKNOWN_ROUTE;
  log[level]({ method, route, status: statusCode, durationMs: Math.round(elapsedMs * 10) / 10 }, 'request');
}

function elapsedMsOf({ startedAtMs }: FastifyRequest): number {
  return performance.now() - startedAtMs;
}

function isDebugging({ level }: FastifyRequest['log']): boolean {
  return level === 'debug' || level === 'trace';
}
