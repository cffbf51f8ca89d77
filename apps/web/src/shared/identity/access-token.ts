/** What an access token says of its bearer; the server verifies it, the page only reads it. */
export type Bearer = {
  readonly userId: string;
  readonly scopes: ReadonlySet<string>;
  /** Milliseconds since 1970; null for a token that does not say. */
  readonly issuedAt: number | null;
  /** Milliseconds since 1970; null for a token without an end. */
  readonly expiresAt: number | null;
};

/** Reads the payload of a JWT (RFC 7519); null for anything else. */
export function readAccessToken(token: string): Bearer | null {
  try {
    const payload: unknown = JSON.parse(decodeBase64url(token.split('.')[1] ?? ''));
    if (typeof payload !== 'object' || payload === null) return null;
    const { sub, scope, iat, exp } = payload as Record<string, unknown>;
    if (typeof sub !== 'string') return null;
    return {
      userId: sub,
      scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
      issuedAt: typeof iat === 'number' ? iat * 1000 : null,
      expiresAt: typeof exp === 'number' ? exp * 1000 : null,
    };
  } catch {
    return null;
  }
}

function decodeBase64url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}
