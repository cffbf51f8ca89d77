import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import { Refused, invalidRequest } from '../problems/errors.ts';
import { referenceToken } from './json-pointer.ts';
import { appendHook } from './route-hooks.ts';

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i;

/**
 * Refuses what a route does not read: a body, a query, an encoding or a charset. A client that sends it expects an effect
 * that the request would not have. Runs after the identity of the caller is known.
 */
export function addStrictRequests(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const takesBody = route.schema?.body !== undefined;
    const takesQuery = route.schema?.querystring !== undefined;
    const check: onRequestHookHandler = (request, _reply, done) =>
      done(
        (takesBody ? refusalOfEncoding(request) : refusalOfBody(request)) ??
          (takesQuery ? undefined : refusalOfQuery(request)),
      );
    route.onRequest = appendHook(check, route.onRequest);
  });
}

function refusalOfBody({ headers }: FastifyRequest): Refused | undefined {
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0)
    return undefined;
  return invalidRequest([{ pointer: '', detail: 'This route takes no body.' }]);
}

function refusalOfEncoding({ headers }: FastifyRequest): Refused | undefined {
  const encoding = headers['content-encoding'];
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  if (isAbsentOr(encoding, 'identity') && isAbsentOr(charset, 'utf-8')) return undefined;
  const detail = 'Send JSON in UTF-8, without Content-Encoding.';
  return new Refused({ code: 'UNSUPPORTED_MEDIA_TYPE', detail });
}

function isAbsentOr(value: string | undefined, only: string): boolean {
  return value === undefined || value.toLowerCase() === only;
}

function refusalOfQuery({ query }: FastifyRequest): Refused | undefined {
  const names = Object.keys(query as object);
  if (names.length === 0) return undefined;
  return invalidRequest(
    names.map((name) => ({
      pointer: `/query${referenceToken(name)}`,
      detail: 'is not known here',
    })),
  );
}
