import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';

export type TokenSecret = { readonly keyId: string; readonly secret: string };

const VERSION = 'v1';
const TOKEN_LENGTH_MAX = 2048;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Signs tickets as `v1.<keyId>.<payload>.<mac>`. The payload is the ticket's fields as a JSON array in base64url; the
 * mac is HMAC-SHA-256 (RFC 2104) over everything before it. The first secret signs, all of them verify, so that keys
 * are changed in two steps. Throws for a key id that is unusable or named twice.
 */
export function createTokenSigner(secrets: readonly TokenSecret[]): TokenSigner {
  const macs = new Map<string, (signed: string) => string>();
  for (const { keyId, secret } of secrets) {
    if (!KEY_ID.test(keyId)) throw new Error(`token key id ${JSON.stringify(keyId)} must match ${KEY_ID}`);
    if (macs.has(keyId)) throw new Error(`token key id ${JSON.stringify(keyId)} is named twice`);
    const key = createSecretKey(secret, 'utf8');
    macs.set(keyId, (signed) => createHmac('sha256', key).update(signed).digest('base64url'));
  }
  const [signing] = macs;
  if (signing === undefined) throw new Error('a token signer needs at least one secret');
  const [signingKeyId, signingMac] = signing;

  return {
    sign(ticket) {
      const signed = `${VERSION}.${signingKeyId}.${encode(ticket)}`;
      return `${signed}.${signingMac(signed)}`;
    },
    verify(token) {
      if (token.length > TOKEN_LENGTH_MAX) return null;
      const [version, keyId = '', payload = '', mac = '', ...rest] = token.split('.');
      const macOf = macs.get(keyId);
      if (version !== VERSION || macOf === undefined || rest.length > 0) return null;
      // Compares the encoded macs, so that no second spelling of the same bytes passes.
      const isSigned = equalInConstantTime(mac, macOf(`${version}.${keyId}.${payload}`));
      return isSigned ? decode(payload) : null;
    },
  };
}

function equalInConstantTime(presented: string, expected: string): boolean {
  const a = Buffer.from(presented);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function encode({ concertId, userId, sequence, issuedAt, sessionExpiresAt }: Ticket): string {
  const fields = [concertId, userId, sequence, issuedAt, sessionExpiresAt];
  return Buffer.from(JSON.stringify(fields)).toString('base64url');
}

/** Checks the types although the mac is valid, because the same secret may sign other payloads. */
function decode(payload: string): Ticket | null {
  const fields = parse(Buffer.from(payload, 'base64url').toString());
  if (!Array.isArray(fields) || fields.length !== 5) return null;
  const [concertId, userId, sequence, issuedAt, sessionExpiresAt] = fields as unknown[];
  if (typeof concertId !== 'string' || typeof userId !== 'string') return null;
  if (!isInteger(sequence) || !isInteger(issuedAt)) return null;
  if (sessionExpiresAt !== null && !isInteger(sessionExpiresAt)) return null;
  return { concertId, userId, sequence, issuedAt, sessionExpiresAt };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
