import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** The client decides how long the answer lasts, so its latency is not observed; the route logs its end. */
    isStream: boolean;
  }
}

const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;
/** No two processes share it, and counting costs less than a random id per request. */
const PROCESS_ID = randomBytes(12).toString('base64url');
let requestCount = 0;

/** A request that takes longer than this has a log line also where it succeeds. */
const SLOW_MS = 1_000;

/** Returns the caller's `X-Request-Id`, which follows a request across services, or a new one where it is malformed. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
  requestCount += 1;
  return `${PROCESS_ID}.${requestCount.toString(36)}`;
}

/**
 * Observes the latency of each request and logs the request. Both name the route, never the URL, which may contain a user
 * id, and neither has headers or bodies.
 */
export function addObservation(app: FastifyInstance, { requests }: Metrics): void {
  app.decorateReply('isStream', false);

  // Hooks that every request runs have callbacks: a promise costs more than their work.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    done();
  });

  app.addHook('onResponse', (request, reply, done) => {
    if (!reply.isStream) {
      const route = routeOf(request);
      const { method } = request;
      requests.observe({ method, route, status_code: reply.statusCode }, reply.elapsedTime / 1000);
      logRequest(request, reply, route);
    }
    done();
  });
}

/** Writes the log line of a request whose answer has ended: `info` where it failed or was slow, otherwise `debug`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, route = routeOf(request)): void {
  const { method, log } = request;
  const { statusCode, elapsedTime } = reply;
  const level = statusCode >= 400 || elapsedTime >= SLOW_MS ? 'info' : 'debug';
  if (level === 'debug' && !isDebugging(log)) return;
  log[level]({ method, route, status: statusCode, durationMs: Math.round(elapsedTime * 10) / 10 }, 'request');
}

function isDebugging({ level }: FastifyRequest['log']): boolean {
  return level === 'debug' || level === 'trace';
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'unknown';
}
