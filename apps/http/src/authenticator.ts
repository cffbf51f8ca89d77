import { webcrypto } from 'node:crypto';
import type { UserId } from '@frontrow/domain/ids.ts';
import { USER_ID_LENGTH_MAX } from '@frontrow/domain/limits.ts';
import { type JWTPayload, type JWTVerifyOptions, SignJWT, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { AuthConfig } from './config.ts';
import { IdentityUnavailable } from './errors.ts';
import { createRecent } from './recent.ts';

export type Identity = { readonly userId: UserId; readonly isAdmin: boolean };

/** Null for anything but a valid token. Throws `IdentityUnavailable` when the keys cannot be fetched. */
export type Authenticate = (accessToken: string) => Promise<Identity | null>;

/** Only asymmetric ones where the keys are public: a public key must never serve as an HMAC secret. */
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const JWKS_TIMEOUT_MS = 2_000;

/**
 * A verified token is not verified again for this long, and never beyond its `exp`. So a key that is taken out of service
 * is honoured for a minute more than its key set is cached for.
 */
const REMEMBERED_MS = 60_000;
/** About half a kilobyte each, 32 MB at most. */
const REMEMBERED_MAX = 32_768;

export function createAuthenticate(config: AuthConfig): Authenticate {
  const verify = createVerify(config);
  const verified = createRecent<{ readonly identity: Identity; readonly until: number }>(REMEMBERED_MAX);
  return async (accessToken) => {
    const known = verified.get(accessToken);
    if (known !== undefined && Date.now() < known.until) return known.identity;
    try {
      const { payload } = await verify(accessToken);
      const identity = identityOf(payload);
      const until = Math.min(Date.now() + REMEMBERED_MS, (payload.exp ?? Infinity) * 1000);
      if (identity !== null) verified.set(accessToken, { identity, until });
      return identity;
    } catch (error) {
      if (isTokenFault(error)) return null;
      throw new IdentityUnavailable('the signing keys cannot be fetched', { cause: error });
    }
  };
}

function createVerify(config: AuthConfig) {
  const claims: JWTVerifyOptions = {
    ...(config.issuer === undefined ? {} : { issuer: config.issuer }),
    ...(config.audience === undefined ? {} : { audience: config.audience }),
  };
  if (config.kind === 'jwks') {
    const keys = createRemoteJWKSet(new URL(config.url), { timeoutDuration: JWKS_TIMEOUT_MS });
    return (token: string) => jwtVerify(token, keys, { ...claims, algorithms: ASYMMETRIC });
  }
  // Imported once: jose would do it with every token, at six times the cost of the verification.
  const secret = importSecret(config.secret);
  return async (token: string) => jwtVerify(token, await secret, { ...claims, algorithms: ['HS256'] });
}

function importSecret(secret: string): Promise<webcrypto.CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return webcrypto.subtle.importKey('raw', Buffer.from(secret), algorithm, false, ['sign', 'verify']);
}

function identityOf({ sub, scope }: JWTPayload): Identity | null {
  if (typeof sub !== 'string' || sub.length < 1 || sub.length > USER_ID_LENGTH_MAX) return null;
  // Half a surrogate pair would be stored as the same replacement character as any other: two users in one.
  if (!sub.isWellFormed()) return null;
  return { userId: sub, isAdmin: typeof scope === 'string' && scope.split(' ').includes('admin') };
}

/** The token is to blame; anything else that fails is the way to the keys. */
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

export type IssueDevToken = (userId: UserId, scope: string | undefined) => Promise<string>;

const DEV_TOKEN_LIFETIME = '12h';

/** Signs a token for anybody who asks: for development only. */
export function createIssueDevToken(config: AuthConfig & { readonly kind: 'dev' }): IssueDevToken {
  const secret = importSecret(config.secret);
  return async (userId, scope) => {
    const token = new SignJWT(scope === undefined ? {} : { scope })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(DEV_TOKEN_LIFETIME);
    if (config.issuer !== undefined) token.setIssuer(config.issuer);
    if (config.audience !== undefined) token.setAudience(config.audience);
    return token.sign(await secret);
  };
}
