import { createHmac } from 'node:crypto';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenSigner } from '../../src/system/token-signer.ts';

const OLD = { keyId: 'k1', secret: 'an-old-secret-of-at-least-32-characters' };
const NEW = { keyId: 'k2', secret: 'a-new-secret-of-at-least-32-characters!' };
const TICKET: Ticket = {
  concertId: '01JD2ZJ6W0CONCERT000000001',
  userId: 'user-1',
  sequence: 2 ** 40 + 7,
  issuedAt: 1_732_300_000_123,
  sessionExpiresAt: 1_732_300_600_123,
};

const signer = createTokenSigner([OLD]);

describe('the token signer', () => {
  it('restores every field of any ticket exactly', () => {
    const integer = fc.maxSafeNat();
    const ticket = fc.record({
      concertId: fc.string({ maxLength: 40, unit: 'binary' }),
      userId: fc.string({ maxLength: 128, unit: 'binary' }),
      sequence: integer,
      issuedAt: integer,
      sessionExpiresAt: fc.option(integer),
    });
    fc.assert(
      fc.property(ticket, (any) => {
        expect(signer.verify(signer.sign(any))).toEqual(any);
      }),
    );
  });

  it('rejects a token with any one character changed, left out or put in', () => {
    const token = signer.sign(TICKET);
    const accepted: string[] = [];
    for (let index = 0; index <= token.length; index += 1) {
      const [before, after] = [token.slice(0, index), token.slice(index + 1)];
      const forged = Array.from('AZaz09-_.=+/ \u0141').flatMap((other) => [
        before + other + after,
        before + other + token.slice(index),
      ]);
      for (const candidate of [...forged, before + after]) {
        if (candidate !== token && signer.verify(candidate) !== null) accepted.push(candidate);
      }
    }
    expect(accepted).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['dots', '...'],
    ['a prefix of the header', `Bearer ${signer.sign(TICKET)}`],
    ['one part more', `${signer.sign(TICKET)}.`],
    ['an unknown key', signer.sign(TICKET).replace('k1', 'k9')],
    ['a key named like a method of objects', signer.sign(TICKET).replace('k1', 'constructor')],
    ['padding', `${signer.sign(TICKET)}=`],
    ['more than 2 KiB', signer.sign({ ...TICKET, userId: 'x'.repeat(2000) })],
  ])('rejects %s', (_, token) => {
    expect(signer.verify(token)).toBeNull();
  });

  it.each([
    ['no JSON', 'not json'],
    ['another shape', JSON.stringify(TICKET)],
    ['a field too many', '["c","u",1,2,null,0]'],
    ['a number for a name', '[1,"u",1,2,null]'],
    ['a fraction', '["c","u",1.5,2,null]'],
    ['a number that a double cannot hold', '["c","u",9007199254740993,2,null]'],
    ['a missing session', '["c","u",1,2]'],
    ['a session that is no number', '["c","u",1,2,"3"]'],
  ])('rejects %s, even when the mac is right', (_, json) => {
    const signed = `v1.${OLD.keyId}.${Buffer.from(json).toString('base64url')}`;
    const mac = createHmac('sha256', OLD.secret).update(signed).digest('base64url');
    expect(signer.verify(`${signed}.${mac}`)).toBeNull();
  });

  it('signs with the first key and verifies with each while keys are being changed', () => {
    const rotating = createTokenSigner([NEW, OLD]);
    const rotated = createTokenSigner([NEW]);
    expect(rotating.verify(signer.sign(TICKET))).toEqual(TICKET);
    expect(rotated.verify(rotating.sign(TICKET))).toEqual(TICKET);
    expect(rotated.verify(signer.sign(TICKET))).toBeNull();
  });

  it('distinguishes two secrets under one key id', () => {
    const impostor = createTokenSigner([{ ...OLD, secret: NEW.secret }]);
    expect(impostor.verify(signer.sign(TICKET))).toBeNull();
  });

  it.each([
    ['no key', []],
    ['a key named twice', [OLD, { ...NEW, keyId: OLD.keyId }]],
    ['a key id with a dot', [{ ...OLD, keyId: 'k.1' }]],
  ])('refuses to be built with %s', (_, secrets) => {
    expect(() => createTokenSigner(secrets)).toThrow(/key|secret/);
  });
});
