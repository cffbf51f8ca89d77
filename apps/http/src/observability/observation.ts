import { randomUUID } from 'node:crypto';
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

/** Returns the caller's `X-Request-Id`, which follows a request across services, or a new one where it is malformed. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Writes one log line and observes one latency for each request. Both name the route, never the URL, which may contain a
 * user id, and neither has headers or bodies.
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

/** Writes the log line of a request whose answer has ended. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, route = routeOf(request)): void {
  const { method, log } = request;
  const { statusCode, elapsedTime } = reply;
  // Probes come every few seconds.
  const level = route.startsWith('/v1/') || statusCode >= 400 ? 'info' : 'debug';
  log[level]({ method, route, status: statusCode, durationMs: Math.round(elapsedTime * 10) / 10 }, 'request');
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'unknown';
}
