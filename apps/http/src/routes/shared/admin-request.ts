import type { AdminRequest } from '@frontrow/application/ports/shared/audit-log.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { FastifyRequest } from 'fastify';
import { requestIdOf } from '../../observability/request-id.ts';
import { callerOf } from '../../plugins/authentication.ts';

/** The request as the audit log records it. */
export function adminRequestOf(request: FastifyRequest): AdminRequest {
  const { method, routeOptions } = request;
  invariant(routeOptions.url !== undefined, 'an administrative act has a route');
  const route = `${method} ${routeOptions.url}`;
  return { actor: callerOf(request).userId, route, requestId: requestIdOf(request) };
}
