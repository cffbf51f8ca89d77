import { signAccessToken } from '../support/access-tokens.ts';

/** Invalid `Authorization` headers, by what is wrong with them. */
export function badAuthorizations(userId: string): Record<string, () => Promise<string>> {
  const unsigned = `${base64('{"alg":"none"}')}.${base64(`{"sub":"${userId}","exp":9999999999}`)}.`;
  return {
    'that is missing': async () => '',
    'of another scheme': async () => 'Basic ZmFuOmZhbg==',
    'that is nonsense': async () => 'Bearer nonsense',
    'that has expired': async () => `Bearer ${await signAccessToken(userId, { lifetimeSeconds: -5 })}`,
    'of another secret': async () => `Bearer ${await signAccessToken(userId, { secret: 'x'.repeat(40) })}`,
    'without a signature': async () => `Bearer ${unsigned}`,
    'for nobody': async () => `Bearer ${await signAccessToken('')}`,
  };
}

function base64(json: string): string {
  return Buffer.from(json).toString('base64url');
}

/** Invalid tickets made from a user's own and another user's, by what is wrong with them. */
export function badTickets(own: string, another: string): Record<string, string> {
  const [version, keyId, payload = '', mac = ''] = own.split('.');
  const fields = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
  const earlier = JSON.stringify(fields.with(2, Number(fields[2]) - 1));
  const forged = base64(earlier);
  const flipped = (mac.startsWith('A') ? 'B' : 'A') + mac.slice(1);
  return {
    'of another user': another,
    'that is nonsense': 'v1.test.nonsense.nonsense',
    'with an earlier place': [version, keyId, forged, mac].join('.'),
    'with another signature': [version, keyId, payload, flipped].join('.'),
    'without a signature': [version, keyId, payload, ''].join('.'),
    'of another key': [version, 'other', payload, mac].join('.'),
    'of another version': ['v0', keyId, payload, mac].join('.'),
    'that is far too long': 'x'.repeat(5_000),
  };
}
