import { type JWTPayload, SignJWT } from 'jose';

export const TEST_SECRET = 'the-secret-that-signs-access-tokens-in-tests';

/** Signs an access token as an identity provider with the secret of the tests does. */
export function accessTokenOf(sub: string, claims: JWTPayload = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sub, exp: now + 3_600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(TEST_SECRET));
}
