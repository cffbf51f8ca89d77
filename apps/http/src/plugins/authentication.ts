import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Authenticate, Identity } from '../identity/authenticator.ts';
import { Refused } from '../problems/errors.ts';
import { prependHook } from './route-hooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: anyone, a user with an access token, or one whose scope has `admin`. */
    identity?: 'anyone' | 'user' | 'admin';
  }
  interface FastifyRequest {
    caller: Identity | null;
  }
}

/** RFC 6750, section 3. */
const ASK = 'Bearer';
const ASK_AGAIN = 'Bearer error="invalid_token"';
const BEARER = /^Bearer +([^ ]+)$/i;

/** Identity comes first of all refusals: before the body is even read. Every route must say who may call it. */
export function addAuthentication(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('caller', null);

  // On the routes that need it, and without a promise where the answer is known at once: a poll passes neither.
  app.addHook('onRoute', (route) => {
    const identity = route.config?.identity;
    if (identity === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
    if (identity === 'anyone') return;
    const identify: onRequestHookHandler = (request, reply, done) => {
      const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
      const enter = (caller: Identity | null) => {
        request.caller = caller;
        if (caller === null) reply.header('WWW-Authenticate', token === undefined ? ASK : ASK_AGAIN);
        done(refusalOf(caller, token, identity));
      };
      const caller = token === undefined ? null : authenticate(token);
      if (caller instanceof Promise) void caller.then(enter, done);
      else enter(caller);
    };
    route.onRequest = prependHook(identify, route.onRequest);
  });
}

function refusalOf(
  caller: Identity | null,
  token: string | undefined,
  identity: 'user' | 'admin',
): Refused | undefined {
  if (caller === null) {
    const detail = token === undefined ? 'Send Authorization: Bearer <token>.' : 'The token is not valid.';
    return new Refused({ code: 'UNAUTHENTICATED', detail });
  }
  if (identity === 'user' || caller.isAdmin) return undefined;
  return new Refused({ code: 'FORBIDDEN', detail: 'The scope admin is needed.' });
}

/** Who calls, on a route whose identity is `user` or `admin`. */
export function callerOf({ caller, url }: FastifyRequest): Identity {
  invariant(caller !== null, `${url} was reached without an identity`);
  return caller;
}
