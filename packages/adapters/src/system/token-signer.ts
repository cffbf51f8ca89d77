import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type TokenSecret, createKeyedMacs, equalInConstantTime } from './keyed-macs.ts';

const VERSION = 'v1';
const TOKEN_LENGTH_MAX = 2048;

/**
 * Signs tickets as `v1.<keyId>.<payload>.<mac>`. The payload is the ticket's fields as a JSON array in base64url; the
 * mac is HMAC-SHA-256 over everything before it. Throws for a key id that is unusable or named twice.
 */
export function createTokenSigner(secrets: readonly TokenSecret[]): TokenSigner {
  const macs = createKeyedMacs(secrets);
  const macOf = (keyId: string, signed: string) => macs.mac(keyId, signed)?.toString('base64url') ?? null;

  return {
    sign(ticket) {
      const signed = `${VERSION}.${macs.signingKeyId}.${encode(ticket)}`;
      return `${signed}.${macOf(macs.signingKeyId, signed)}`;
    },
    verify(token) {
      if (token.length > TOKEN_LENGTH_MAX) return null;
      const [version, keyId = '', payload = '', mac = '', ...rest] = token.split('.');
      if (version !== VERSION || rest.length > 0) return null;
      const expected = macOf(keyId, `${version}.${keyId}.${payload}`);
      return expected !== null && equalInConstantTime(mac, expected) ? decode(payload) : null;
    },
  };
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
