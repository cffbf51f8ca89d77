import type { FastifyInstance } from 'fastify';

export type SecurityHeaders = Readonly<Record<string, string>>;

/** For answers that are data: a browser that opens one as a page loads nothing, and no page may frame it. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The `Content-Security-Policy` of a page whose scripts, styles and requests are all of this server. */
export const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers of every answer. `hstsMaxAgeS` of 0 leaves the decision for HTTPS to the proxy. */
export function securityHeaders(hstsMaxAgeS: number): SecurityHeaders {
  return {
    'Content-Security-Policy': DATA_POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(hstsMaxAgeS === 0 ? {} : { 'Strict-Transport-Security': `max-age=${hstsMaxAgeS}` }),
  };
}

export function addSecurityHeaders(app: FastifyInstance, headers: SecurityHeaders): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
