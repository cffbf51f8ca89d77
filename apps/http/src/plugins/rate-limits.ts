import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import { Refused } from '../problems/errors.ts';
import { clientAddressOf } from '../rate-limits/client-address.ts';
import {
  type RateDecision,
  type RateLimiter,
  type RequestKind,
  WINDOW_MS,
} from '../rate-limits/rate-limiter.ts';
import { appendHook } from './route-hooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The kind of request that the rate limits count. Polls have a limit of their own; organisers and operators have none. */
    countedAs?: RequestKind | ((request: FastifyRequest) => RequestKind);
  }
}

const WINDOW_S = WINDOW_MS / 1000;

/**
 * Refuses requests of a user or an address that sends too many. Runs last before the handler, because what is refused
 * before reaches neither MySQL nor Redis.
 */
export function addRateLimits(app: FastifyInstance, limiter: RateLimiter): void {
  const warn = warnOnceOfUntrustedProxy();
  app.addHook('onRoute', (route) => {
    const countedAs = route.config?.countedAs;
    if (countedAs === undefined) return;
    const isShared = route.config?.cacheable === true;
    const count: preHandlerHookHandler = (request, reply, done) => {
      warn(request);
      const kind = typeof countedAs === 'string' ? countedAs : countedAs(request);
      const decision = limiter.take(kind, userOf(request), clientAddressOf(request));
      // A cache may send a shared answer to other users, whose count it is not.
      if (!decision.isAllowed || !isShared) addHeaders(reply, kind, decision);
      done(decision.isAllowed ? undefined : refusalOf(kind, decision));
    };
    route.preHandler = appendHook(count, route.preHandler);
  });
}

function userOf({ caller, ticket }: FastifyRequest): string | null {
  return caller?.userId ?? ticket?.userId ?? null;
}

/** draft-ietf-httpapi-ratelimit-headers-10: the quota and window of the policy; what remains, and until when. */
function addHeaders(reply: FastifyReply, kind: RequestKind, decision: RateDecision): void {
  const { countedBy, max, remaining } = decision;
  const name = `"${kind}-per-${countedBy}"`;
  reply.header('RateLimit-Policy', `${name};q=${max};w=${WINDOW_S}`);
  reply.header('RateLimit', `${name};r=${remaining};t=${secondsUntilReset(decision)}`);
}

function refusalOf(kind: RequestKind, decision: RateDecision): Refused {
  const detail = `At most ${decision.max} ${kind} per ${decision.countedBy} in ${WINDOW_S} seconds.`;
  return new Refused({ code: 'RATE_LIMITED', detail, retryAfterSeconds: secondsUntilReset(decision) });
}

function secondsUntilReset({ resetMs }: RateDecision): number {
  return Math.ceil(resetMs / 1000);
}

/** Without `TRUST_PROXY` all clients of a proxy are one address, so a crowd would use up its limit. */
function warnOnceOfUntrustedProxy(): (request: FastifyRequest) => void {
  let hasWarned = false;
  return (request) => {
    const { headers, ip, socket } = request;
    if (hasWarned || headers['x-forwarded-for'] === undefined || ip !== socket.remoteAddress) return;
    hasWarned = true;
    request.log.warn(
      'TRUST_PROXY does not name a peer that sends X-Forwarded-For: all its clients count as one address',
    );
  };
}
