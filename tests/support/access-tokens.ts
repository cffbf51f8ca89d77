import { webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';

/** The secret with which the processes under test verify access tokens, so that tests sign tokens themselves. */
export const AUTH_JWT_SECRET = 'tests-sign-their-own-access-tokens';

/** Whom the tokens are from and for; a process in production has to require both. */
export const AUTH_CLAIMS = { AUTH_ISSUER: 'https://id.tests.example', AUTH_AUDIENCE: 'frontrow' };

export type Claims = {
  readonly scope?: string;
  /** Seconds from now; negative for a token that has expired. */
  readonly lifetimeSeconds?: number;
  readonly secret?: string;
};

const keys = new Map<string, Promise<webcrypto.CryptoKey>>();

export async function signAccessToken(userId: string, claims: Claims = {}): Promise<string> {
  const { scope, lifetimeSeconds = 3_600, secret = AUTH_JWT_SECRET } = claims;
  return new SignJWT(scope === undefined ? {} : { scope })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer(AUTH_CLAIMS.AUTH_ISSUER)
    .setAudience(AUTH_CLAIMS.AUTH_AUDIENCE)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + lifetimeSeconds)
    .sign(await keyOf(secret));
}

function keyOf(secret: string): Promise<webcrypto.CryptoKey> {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = webcrypto.subtle.importKey('raw', Buffer.from(secret), algorithm, false, ['sign']);
  keys.set(secret, key);
  return key;
}
