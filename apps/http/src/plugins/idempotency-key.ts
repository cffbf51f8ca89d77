import { hash } from 'node:crypto';
import type { IdempotentRequest } from '@frontrow/application/ports/shared/idempotency.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest, preValidationHookHandler } from 'fastify';
import { Refused, invalidRequest } from '../problems/errors.ts';
import { pathOf } from '../problems/problem.ts';
import { callerOf } from './authentication.ts';
import { prependHook } from './route-hooks.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    idempotencyKey?: 'required' | 'accepted';
  }
}

export const KEY_LENGTH_MAX = 255;
/** Visible ASCII characters. */
export const KEY_PATTERN = '^[!-~]+$';
const KEY = new RegExp(KEY_PATTERN);

/** Refuses a request without its key, as draft-ietf-httpapi-idempotency-key-header asks for. */
export function addIdempotencyKeys(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { idempotencyKey } = route.config ?? {};
    if (idempotencyKey === undefined) return;
    const checkKey: preValidationHookHandler = (request, _reply, done) =>
      done(refusalOf(request, idempotencyKey));
    route.preValidation = prependHook(checkKey, route.preValidation);
  });
}

function refusalOf(
  { headers }: FastifyRequest,
  idempotencyKey: 'required' | 'accepted',
): Refused | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || key === '') {
    if (idempotencyKey === 'accepted') return undefined;
    const detail = 'Send the header Idempotency-Key, new for every new request.';
    return new Refused({ code: 'IDEMPOTENCY_KEY_REQUIRED', detail });
  }
  if (typeof key === 'string' && key.length <= KEY_LENGTH_MAX && KEY.test(key)) return undefined;
  return invalidRequest([
    { pointer: '/header/Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' },
  ]);
}

/** The identity of a request to a route that requires a key. */
export function idempotentRequest(request: FastifyRequest): IdempotentRequest {
  const found = idempotentRequestIfAny(request);
  invariant(found !== null, `${request.url} was reached without an idempotency key`);
  return found;
}

/** The same on a route that accepts a key; null without one. */
export function idempotentRequestIfAny(request: FastifyRequest): IdempotentRequest | null {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return null;
  return new KeyedRequest(request, key);
}

class KeyedRequest implements IdempotentRequest {
  readonly userId: UserId;
  readonly operation: string;
  readonly key: string;
  readonly #body: unknown;

  constructor(request: FastifyRequest, key: string) {
    this.userId = callerOf(request).userId;
    this.operation = `${request.method} ${pathOf(request.url)}`;
    this.key = key;
    this.#body = request.body;
  }

  /** Computed on use: most contended requests are refused before. */
  get fingerprint(): string {
    return hash('sha256', canonicalJson(this.#body), 'hex');
  }
}

/** Marks the answer as the one of an earlier request. */
export function markReplayed(
  reply: FastifyReply,
  { replayed }: { readonly replayed: boolean },
): FastifyReply {
  return replayed ? reply.header('Idempotent-Replayed', 'true') : reply;
}

/** The same for two bodies that differ only in the order of their members. */
function canonicalJson(body: unknown): string {
  return JSON.stringify(body ?? null, (_member, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
