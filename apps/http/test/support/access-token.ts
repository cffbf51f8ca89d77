import { type JWTPayload, SignJWT } from 'jose';

export const TEST_SECRET = 'the-secret-that-signs-access-tokens-in-tests';

/** A token for the user as an identity provider with our secret would sign it. */
export function accessTokenOf(sub: string, claims: JWTPayload = {}): Promise<string> {
  return new SignJWT({ sub, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(TEST_SECRET));
}
