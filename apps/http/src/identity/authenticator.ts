import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { USER_ID_LENGTH_MAX } from '@frontrow/domain/shared/limits.ts';
import { TokenError, createVerifier } from 'fast-jwt';
import {
  type JWTPayload,
  type JWTVerifyGetKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { AuthConfig } from '../config.ts';
import { IdentityUnavailable } from '../problems/errors.ts';
import { fetchKeySet } from './fetch-key-set.ts';
import { type Scope, parseScopes } from './scopes.ts';

export type Identity = { readonly userId: UserId; readonly scopes: ReadonlySet<Scope> };

/**
 * Null for an invalid token. Returns without a promise for a token that is cached or signed with the shared secret. The
 * promise rejects with `IdentityUnavailable` when the keys cannot be fetched.
 */
export type Authenticate = (accessToken: string) => Identity | null | Promise<Identity | null>;

/** The algorithms of public keys; no HMAC among them: a public key must never serve as an HMAC secret. */
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const JWKS_TIMEOUT_MS = 2_000;

/**
 * How long a verified token is accepted from the cache, and never beyond its `exp`. A key that is taken out of service is
 * therefore accepted for a minute longer than its key set is cached.
 */
const VERIFIED_TTL_MS = 60_000;
/** About half a kilobyte each, 32 MB at most. */
const VERIFIED_MAX = 65_536;

export type Authenticator = {
  readonly authenticate: Authenticate;
  /** Returns null, or why no access token can be verified now. */
  readonly check: () => Promise<string | null>;
};

export function createAuthenticator(config: AuthConfig): Authenticator {
  if (config.kind !== 'jwks')
    return {
      authenticate: createAuthenticate(createVerifyBySecret(config), config),
      check: async () => null,
    };
  const keys = createRemoteJWKSet(new URL(config.url), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    [customFetch]: fetchKeySet,
  });
  return {
    authenticate: createAuthenticate(createVerifyByKeySet(keys, config), config),
    async check() {
      if (keys.fresh) return null;
      return keys.reload().then(
        () => null,
        () => 'the signing keys cannot be fetched',
      );
    },
  };
}

function createAuthenticate(verify: Verify, { lifetimeMaxS }: AuthConfig): Authenticate {
  const verified = new LRUCache<string, { readonly identity: Identity; readonly until: number }>({
    max: VERIFIED_MAX,
  });

  function accept(accessToken: string, token: VerifiedToken | null): Identity | null {
    if (token === null || !hasAllowedType(token)) return null;
    const { payload } = token;
    const identity = identityOf(payload);
    const expiresAtS = expiryOf(payload, lifetimeMaxS);
    if (identity === null || expiresAtS === null) return null;
    const until = Math.min(Date.now() + VERIFIED_TTL_MS, expiresAtS * 1000);
    verified.set(accessToken, { identity, until });
    return identity;
  }

  return (accessToken) => {
    const known = verified.get(accessToken);
    if (known !== undefined && Date.now() < known.until) return known.identity;
    const token = verify(accessToken);
    if (!(token instanceof Promise)) return accept(accessToken, token);
    return token.then((fetched) => accept(accessToken, fetched));
  };
}

type VerifiedToken = { readonly header: { readonly typ?: unknown }; readonly payload: JWTPayload };

/** Returns null for an invalid token; throws, or rejects, where the keys cannot be fetched. */
type Verify = (accessToken: string) => VerifiedToken | null | Promise<VerifiedToken | null>;

/** Verifies synchronously, which takes a third of the CPU time of `jose`, which verifies on another thread. */
function createVerifyBySecret({
  secret,
  issuer,
  audience,
}: AuthConfig & { readonly secret: string }): Verify {
  const verify = createVerifier({
    key: Buffer.from(secret),
    complete: true,
    algorithms: ['HS256'],
    ...(issuer === undefined ? {} : { allowedIss: issuer }),
    ...(audience === undefined ? {} : { allowedAud: audience }),
    requiredClaims: [...(issuer === undefined ? [] : ['iss']), ...(audience === undefined ? [] : ['aud'])],
  });
  return (token) => {
    try {
      return verify(token) as VerifiedToken;
    } catch (error) {
      if (error instanceof TokenError) return null;
      throw error;
    }
  };
}

function createVerifyByKeySet(keys: JWTVerifyGetKey, { issuer, audience }: AuthConfig): Verify {
  const options = {
    algorithms: ASYMMETRIC,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (token) => {
    try {
      const { protectedHeader: header, payload } = await jwtVerify(token, keys, options);
      return { header, payload };
    } catch (error) {
      if (isTokenFault(error)) return null;
      throw new IdentityUnavailable('the signing keys cannot be fetched', { cause: error });
    }
  };
}

/** Null for a token that never expires, or that is valid for longer than `lifetimeMaxS`. */
function expiryOf({ exp, iat }: JWTPayload, lifetimeMaxS: number): number | null {
  if (typeof exp !== 'number') return null;
  const issuedAtS = typeof iat === 'number' ? iat : Date.now() / 1000;
  return exp - issuedAtS <= lifetimeMaxS ? exp : null;
}

/** A token that the provider has signed for something else, such as an ID token with a type of its own, is no access token (RFC 9068). */
const TYPES = new Set<unknown>([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

function hasAllowedType({ header: { typ } }: VerifiedToken): boolean {
  return TYPES.has(typeof typ === 'string' ? typ.toLowerCase() : typ);
}

function identityOf({ sub, scope }: JWTPayload): Identity | null {
  if (typeof sub !== 'string' || sub.length < 1 || sub.length > USER_ID_LENGTH_MAX) return null;
  // Every lone surrogate is stored as the same replacement character, which would make one user of two.
  if (!sub.isWellFormed()) return null;
  return { userId: sub, scopes: parseScopes(scope) };
}

/** Whether the token is invalid; every other error comes from fetching the keys. */
function isTokenFault(error: unknown): boolean {
  return TOKEN_FAULTS.some((fault) => error instanceof fault);
}

const TOKEN_FAULTS = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];
