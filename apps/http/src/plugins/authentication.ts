import { invariant } from '@frontrow/domain/invariant.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate, Identity } from '../authenticator.ts';
import { Refused } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: anyone, a user with an access token, or one whose scope has `admin`. */
    identity?: 'anyone' | 'user' | 'admin';
  }
  interface FastifyRequest {
    caller: Identity | null;
  }
}

const BEARER = /^Bearer +([^ ]+)$/i;

/** Identity comes first of all refusals: before the body is even read. Every route must say who may call it. */
export function addAuthentication(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('caller', null);

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.identity === undefined)
      throw new Error(`${String(method)} ${url} does not say who may call it`);
  });

  app.addHook('onRequest', async (request, reply) => {
    const { identity } = request.routeOptions.config;
    if (identity === 'anyone') return;
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    request.caller = token === undefined ? null : await authenticate(token);
    if (request.caller === null) {
      reply.header('WWW-Authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
      const detail = token === undefined ? 'Send Authorization: Bearer <token>.' : 'The token is not valid.';
      throw new Refused({ code: 'UNAUTHENTICATED', detail });
    }
    if (identity === 'admin' && !request.caller.isAdmin)
      throw new Refused({ code: 'FORBIDDEN', detail: 'The scope admin is needed.' });
  });
}

/** Who calls, on a route whose identity is `user` or `admin`. */
export function callerOf({ caller, url }: FastifyRequest): Identity {
  invariant(caller !== null, `${url} was reached without an identity`);
  return caller;
}
