import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Authenticate, Identity } from '../identity/authenticator.ts';
import { type Scope, allows } from '../identity/scopes.ts';
import { Refused } from '../problems/errors.ts';
import { appendHook } from './route-hooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: anyone, a user with an access token, or a user whose token has this scope or `admin`. */
    identity?: 'anyone' | 'user' | Scope;
  }
  interface FastifyRequest {
    caller: Identity | null;
  }
}

/** RFC 6750, section 3. */
const CHALLENGE = 'Bearer';
const CHALLENGE_INVALID = 'Bearer error="invalid_token"';
const BEARER = /^Bearer +([^ ]+)$/i;

/** Identifies the caller before the body is read. Throws at start for a route without `identity`. */
export function addAuthentication(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('caller', null);

  // By route, because a poll needs no identity, and without a promise where the token is cached.
  app.addHook('onRoute', (route) => {
    const identity = route.config?.identity;
    if (identity === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
    if (identity === 'anyone') return;
    const identify: onRequestHookHandler = (request, reply, done) => {
      const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
      const admit = (caller: Identity | null) => {
        request.caller = caller;
        if (caller === null)
          reply.header('WWW-Authenticate', token === undefined ? CHALLENGE : CHALLENGE_INVALID);
        done(refusalOf(caller, token, identity));
      };
      const caller = token === undefined ? null : authenticate(token);
      if (caller instanceof Promise) void caller.then(admit, done);
      else admit(caller);
    };
    route.onRequest = appendHook(identify, route.onRequest);
  });
}

function refusalOf(
  caller: Identity | null,
  token: string | undefined,
  identity: 'user' | Scope,
): Refused | undefined {
  if (caller === null) {
    const detail = token === undefined ? 'Send Authorization: Bearer <token>.' : 'The token is not valid.';
    return new Refused({ code: 'UNAUTHENTICATED', detail });
  }
  if (identity === 'user' || allows(caller.scopes, identity)) return undefined;
  return new Refused({ code: 'FORBIDDEN', detail: `The access token needs the scope ${identity}.` });
}

/** The caller of a route that is not open to anyone. */
export function callerOf({ caller, url }: FastifyRequest): Identity {
  invariant(caller !== null, `${url} was reached without an identity`);
  return caller;
}
