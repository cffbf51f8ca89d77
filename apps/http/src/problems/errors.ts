import { Unavailable } from '@frontrow/application/ports/shared/unavailable.ts';
import type { FieldError } from '@frontrow/domain/shared/refusals.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, pathOf, sendProblem } from './problem.ts';

/** Refuses a request before its handler. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The refusal of a request that breaks the syntax of its route. */
export function invalidRequest(errors: readonly FieldError[]): Refused {
  return new Refused(invalid(errors));
}

/** The keys of the access tokens cannot be fetched. */
export class IdentityUnavailable extends Error {
  override readonly name = 'IdentityUnavailable';
}

/** Answers a thrown error by its code; every unknown error is a defect, of which the client learns nothing. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = isAborted(error, request) ? ABORTED : problemOf(error, request);
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'request failed');
  if (problem.code === 'UNAVAILABLE') request.log.warn({ err: error }, 'dependency unavailable');
  return sendProblem(reply, problem);
}

/** The client has closed the connection within its body, or before it got a file; nobody reads the answer. */
function isAborted(error: unknown, { raw }: FastifyRequest): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return raw.socket.destroyed;
  return raw.readableAborted && error.code === 'ECONNRESET';
}

const ABORTED = invalid([{ pointer: '', detail: 'was not received to its end' }]);

export function handleNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, noSuchRoute(request));
}

/** The problem of a path that no route has. */
export function noSuchRoute({ url }: Pick<FastifyRequest, 'url'>): Problem {
  const isSlashed = pathOf(url).endsWith('/');
  const detail = isSlashed
    ? 'There is no such route: no path of the API ends in a slash.'
    : 'There is no such route.';
  return { code: 'NOT_FOUND', detail };
}

function problemOf(error: unknown, { routeOptions }: FastifyRequest): Problem {
  if (error instanceof Refused) return error.problem;
  if (error instanceof Unavailable || error instanceof IdentityUnavailable)
    return { code: 'UNAVAILABLE', detail: 'Try again in a moment.' };
  // Where Fastify refuses a request, its error has a 4xx status; its other errors are defects.
  const status = isFastifyError(error) ? error.statusCode : undefined;
  if (status === 413)
    return { code: 'PAYLOAD_TOO_LARGE', detail: `The body is larger than ${routeOptions.bodyLimit} bytes.` };
  if (status === 415)
    return { code: 'UNSUPPORTED_MEDIA_TYPE', detail: 'Send Content-Type: application/json.' };
  if (status === 404) return { code: 'NOT_FOUND', detail: 'There is no such route.' };
  if (status !== undefined && status >= 400 && status < 500)
    return invalid([{ pointer: '', detail: 'cannot be read' }]);
  return { code: 'INTERNAL', detail: 'The request failed, because of a defect of the server.' };
}

function invalid(errors: readonly FieldError[]): Problem {
  return { code: 'VALIDATION_FAILED', detail: 'The request is not valid.', members: { errors: [...errors] } };
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_ERR_');
}
