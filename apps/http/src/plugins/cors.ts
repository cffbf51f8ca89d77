import type { FastifyCorsOptions } from '@fastify/cors';

const PREFLIGHT_MAX_AGE_S = 600;

/** The headers that a browser on one of these origins may send and read. */
export function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Queue-Token',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
    ],
    exposedHeaders: [
      'Retry-After',
      'RateLimit',
      'RateLimit-Policy',
      'Idempotent-Replayed',
      'Location',
      'ETag',
      'X-Request-Id',
    ],
    maxAge: PREFLIGHT_MAX_AGE_S,
  };
}
