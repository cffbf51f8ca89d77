import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTicketCodes } from '../../src/system/ticket-codes.ts';
import { createTokenSigner } from '../../src/system/token-signer.ts';

const OLD = { keyId: 'K1', secret: 'an-old-secret-of-at-least-32-characters' };
const NEW = { keyId: 'K2', secret: 'a-new-secret-of-at-least-32-characters!' };
const SEAT = { reservationId: '01KB3XB6T4F7H0K3N6Q9S2V5XZ', seatNumber: 50_000 };

const codes = createTicketCodes([OLD]);

describe('the codes of entry tickets', () => {
  it('name the reservation and the seat, and nothing else', () => {
    const [keyId, reservationId, seatNumber, mac] = codes.sign(SEAT).split('.');
    expect([keyId, reservationId, seatNumber]).toEqual(['K1', SEAT.reservationId, '50000']);
    expect(mac).toMatch(/^[0-9A-F]{32}$/);
    expect(codes.verify(codes.sign(SEAT))).toEqual(SEAT);
  });

  it('are distinct for distinct seats and reservations', () => {
    const id = fc.stringMatching(/^[0-9A-Z]{1,26}$/);
    const seat = fc.record({ reservationId: id, seatNumber: fc.integer({ min: 1, max: 50_000 }) });
    fc.assert(
      fc.property(seat, seat, (one, other) => {
        const isSame = one.reservationId === other.reservationId && one.seatNumber === other.seatNumber;
        expect(codes.sign(one) === codes.sign(other)).toBe(isSame);
        expect(codes.verify(codes.sign(one))).toEqual(one);
      }),
    );
  });

  it('are rejected with any one character changed, left out or put in', () => {
    const code = codes.sign(SEAT);
    const accepted: string[] = [];
    for (let index = 0; index <= code.length; index += 1) {
      const [before, after] = [code.slice(0, index), code.slice(index + 1)];
      const forged = Array.from('AFaf019-_.=+ \u0141').flatMap((other) => [
        before + other + after,
        before + other + code.slice(index),
      ]);
      for (const candidate of [...forged, before + after])
        if (candidate !== code && codes.verify(candidate) !== null) accepted.push(candidate);
    }
    expect(accepted).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['dots', '...'],
    ['one part more', `${codes.sign(SEAT)}.`],
    ['small letters', codes.sign(SEAT).toLowerCase()],
    ['another spelling of the seat', codes.sign(SEAT).replace('.50000.', '.050000.')],
    ['an unknown key', codes.sign(SEAT).replace('K1', 'K9')],
    ['a key named like a method of objects', codes.sign(SEAT).replace('K1', 'constructor')],
    ['a long text', 'x'.repeat(1_000)],
  ])('are rejected for %s', (_, code) => {
    expect(codes.verify(code)).toBeNull();
  });

  it('stay valid while keys are changed, and end with their key', () => {
    const [before, after] = [codes.sign(SEAT), createTicketCodes([NEW, OLD]).sign(SEAT)];
    const changing = createTicketCodes([NEW, OLD]);
    expect([changing.verify(before), changing.verify(after)]).toEqual([SEAT, SEAT]);
    expect(createTicketCodes([NEW]).verify(before)).toBeNull();
    expect(createTicketCodes([{ ...OLD, secret: NEW.secret }]).verify(before)).toBeNull();
  });

  it('are not forged by a signer of queue tokens with the same secret', () => {
    const facts = { concertId: 'c', userId: 'u', sequence: 1, issuedAt: 1, sessionExpiresAt: null };
    expect(codes.verify(createTokenSigner([OLD]).sign(facts))).toBeNull();
    expect(createTokenSigner([OLD]).verify(codes.sign(SEAT))).toBeNull();
  });
});
