import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;
/** No two processes share it, and counting costs less than a random id per request. */
const PROCESS_ID = randomBytes(12).toString('base64url');
const NONE = '';
let requestCount = 0;

/** The caller's `X-Request-Id`, which follows a request across services; empty where it is absent or malformed. */
export function givenRequestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : NONE;
}

/** The id of a request. It is made when it is first asked for, because most requests are not logged. */
export function requestIdOf(request: FastifyRequest): string {
  if (!hasRequestId(request)) {
    requestCount += 1;
    request.id = `${PROCESS_ID}.${requestCount.toString(36)}`;
  }
  return request.id;
}

/** Whether the caller has sent an id or a log line has one. */
export function hasRequestId({ id }: FastifyRequest): boolean {
  return id !== NONE;
}
