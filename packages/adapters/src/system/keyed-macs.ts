import { type KeyObject, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

export type TokenSecret = { readonly keyId: string; readonly secret: string };

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** HMAC-SHA-256 (RFC 2104) by key id. The first secret signs, all of them verify, so that keys are changed in two steps. */
export type KeyedMacs = {
  readonly signingKeyId: string;
  /** Null for an unknown key id. */
  mac(keyId: string, signed: string): Buffer | null;
};

/** Throws for a key id that is unusable or named twice. */
export function createKeyedMacs(secrets: readonly TokenSecret[]): KeyedMacs {
  const keys = new Map<string, KeyObject>();
  for (const { keyId, secret } of secrets) {
    if (!KEY_ID.test(keyId)) throw new Error(`token key id ${JSON.stringify(keyId)} must match ${KEY_ID}`);
    if (keys.has(keyId)) throw new Error(`token key id ${JSON.stringify(keyId)} is named twice`);
    keys.set(keyId, createSecretKey(secret, 'utf8'));
  }
  const [signingKeyId] = keys.keys();
  if (signingKeyId === undefined) throw new Error('a token signer needs at least one secret');
  return {
    signingKeyId,
    mac(keyId, signed) {
      const key = keys.get(keyId);
      return key === undefined ? null : createHmac('sha256', key).update(signed).digest();
    },
  };
}

/** Compares encoded macs, so that no second spelling of the same bytes passes. */
export function equalInConstantTime(presented: string, expected: string): boolean {
  const a = Buffer.from(presented);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
