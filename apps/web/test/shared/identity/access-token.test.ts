import { describe, expect, it } from 'vitest';
import { readAccessToken } from '../../../src/shared/identity/access-token.ts';

const tokenOf = (payload: unknown) =>
  `e30.${btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(payload))))}.signature`;

describe('readAccessToken', () => {
  it('reads user, scopes and times of a token', () => {
    const bearer = readAccessToken(
      tokenOf({ sub: 'fan-가나다', scope: 'sales:read check-in', iat: 1_690_000_000, exp: 1_700_000_000 }),
    );

    expect(bearer).toEqual({
      userId: 'fan-가나다',
      scopes: new Set(['sales:read', 'check-in']),
      issuedAt: 1_690_000_000_000,
      expiresAt: 1_700_000_000_000,
    });
  });

  it('reads a token without scope and times', () => {
    expect(readAccessToken(tokenOf({ sub: 'fan' }))).toEqual({
      userId: 'fan',
      scopes: new Set(),
      issuedAt: null,
      expiresAt: null,
    });
  });

  it.each(['', 'abc', 'a.b.c', tokenOf(null), tokenOf({ sub: 7 }), tokenOf('fan')])('refuses %j', (token) => {
    expect(readAccessToken(token)).toBeNull();
  });
});
