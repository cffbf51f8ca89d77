import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { createTokenSigner } from '../../src/system/token-signer.ts';
import { cacheVerifiedTickets } from '../../src/system/verified-tickets.ts';

const SIGNER = createTokenSigner([{ keyId: 'k', secret: 'a-secret-of-the-tests-32-characters' }]);

function ticketOf(userId: string): Ticket {
  return { concertId: 'c', userId, sequence: 2 ** 40 + 1, issuedAt: 1, sessionExpiresAt: null };
}

/** A memory of `max` tokens, and the tokens that were really verified. */
function createMemory(max: number) {
  const verified: string[] = [];
  const watched: TokenSigner = {
    ...SIGNER,
    verify(token) {
      verified.push(token);
      return SIGNER.verify(token);
    },
  };
  return { ...cacheVerifiedTickets(watched, max), verified };
}

describe('the memory of verified tokens', () => {
  it('verifies a token once, and answers the same ticket every time', () => {
    const memory = createMemory(10);
    const token = memory.sign(ticketOf('fan'));
    expect([memory.verify(token), memory.verify(token)]).toEqual([ticketOf('fan'), ticketOf('fan')]);
    expect(memory.verified).toEqual([token]);
  });

  it('knows no other token for having verified a similar one', () => {
    const memory = createMemory(10);
    const token = memory.sign(ticketOf('fan'));
    memory.verify(token);
    for (let index = 0; index < token.length; index += 1) {
      const altered = `${token.slice(0, index)}${token[index] === 'x' ? 'y' : 'x'}${token.slice(index + 1)}`;
      expect(memory.verify(altered)).toBeNull();
    }
    for (const near of [`${token} `, token.slice(0, -1), token.toUpperCase(), ''])
      expect(memory.verify(near)).toBeNull();
  });

  it('does not remember a forgery, and looks at it again each time', () => {
    const memory = createMemory(1);
    const token = memory.sign(ticketOf('fan'));
    memory.verify(token);
    expect([memory.verify('v1.k.e30.forged'), memory.verify('v1.k.e30.forged')]).toEqual([null, null]);
    memory.verify(token);
    expect(memory.verified).toEqual([token, 'v1.k.e30.forged', 'v1.k.e30.forged']);
  });

  it('forgets the longest remembered when it is full, and verifies it again', () => {
    const memory = createMemory(2);
    const [first = '', second = '', third = ''] = ['a', 'b', 'c'].map((user) => memory.sign(ticketOf(user)));
    for (const token of [first, second, third, second, third, first]) memory.verify(token);
    expect(memory.verified).toEqual([first, second, third, first]);
  });
});
