import { createHmac, randomUUID } from 'node:crypto';
import { createTokenSigner } from '@frontrow/adapters/system/token-signer.ts';
import { createUlidGenerator } from '@frontrow/adapters/system/id-generator.ts';
import { ACCESS_CLAIMS, ACCESS_SECRET, TICKET_SECRET } from '../harness/testbed.ts';

const ids = createUlidGenerator();
const signer = createTokenSigner([TICKET_SECRET]);

/** New user ids as identity providers issue them: alternately ULIDs (26 characters) and UUIDs (36). */
export function newUserIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? ids.next() : randomUUID()));
}

const HEAD = base64url({ alg: 'HS256', typ: 'JWT' });

/** An access token as an identity provider signs it, valid for an hour. */
export function accessTokenOf(sub: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${HEAD}.${base64url({ sub, iat, exp: iat + 3_600, ...ACCESS_CLAIMS })}`;
  return `${signed}.${createHmac('sha256', ACCESS_SECRET).update(signed).digest('base64url')}`;
}

/** The signed ticket of a place. */
export function ticketOf(concertId: string, userId: string, sequence: number, issuedAt: number): string {
  return signer.sign({ concertId, userId, sequence, issuedAt, sessionExpiresAt: null });
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
