import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** The answer goes on for as long as its reader likes, which says nothing of our speed; its route logs its end. */
    isStream: boolean;
  }
}

const SANE_REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

/** The caller's `X-Request-Id` where it is one, so that a request can be followed across services. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * One log line and one observation a request. Both name the route and never the address, which may contain a user id;
 * headers and bodies stay out.
 */
export function addObservation(app: FastifyInstance, { requests }: Metrics): void {
  app.decorateReply('isStream', false);

  // Without promises, here and in the other hooks that every request passes: each costs more than what it does.
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

/** The line of a request whose answer has ended. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, route = routeOf(request)): void {
  const { method, log } = request;
  const { statusCode, elapsedTime } = reply;
  // Probes ask every few seconds; what they ask is worth a line only when it fails.
  const level = route.startsWith('/v1/') || statusCode >= 400 ? 'info' : 'debug';
  log[level]({ method, route, status: statusCode, durationMs: Math.round(elapsedTime * 10) / 10 }, 'request');
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'unknown';
}
