import { type JWTPayload, SignJWT } from 'jose';

export const TEST_SECRET = 'the-secret-that-signs-access-tokens-in-tests';

/** Signs an access token as an identity provider with the secret of the tests does. */
export function accessTokenOf(sub: string, claims: JWTPayload = {}): Promise<string> {
  return new SignJWT({ sub, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(TEST_SECRET));
}
