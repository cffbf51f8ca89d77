import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';
import { describe, expect, it } from 'vitest';
import { createTokenSigner } from '../../src/system/token-signer.ts';
import { cacheVerifiedTickets } from '../../src/system/verified-tickets.ts';

const SIGNER = createTokenSigner([{ keyId: 'k', secret: 'a-secret-of-the-tests-32-characters' }]);

function ticketOf(userId: string): Ticket {
  return { concertId: 'c', userId, sequence: 2 ** 40 + 1, issuedAt: 1, sessionExpiresAt: null };
}

/** A cache of `max` tickets, and the tokens that reached the signer. */
function createCache(max: number) {
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

describe('the cache of verified tickets', () => {
  it('verifies a token once, and returns the same ticket every time', () => {
    const cache = createCache(10);
    const token = cache.sign(ticketOf('fan'));
    expect([cache.verify(token), cache.verify(token)]).toEqual([ticketOf('fan'), ticketOf('fan')]);
    expect(cache.verified).toEqual([token]);
  });

  it('accepts no other token than the verified one', () => {
    const cache = createCache(10);
    const token = cache.sign(ticketOf('fan'));
    cache.verify(token);
    for (let index = 0; index < token.length; index += 1) {
      const altered = `${token.slice(0, index)}${token[index] === 'x' ? 'y' : 'x'}${token.slice(index + 1)}`;
      expect(cache.verify(altered)).toBeNull();
    }
    for (const near of [`${token} `, token.slice(0, -1), token.toUpperCase(), ''])
      expect(cache.verify(near)).toBeNull();
  });

  it('does not keep a forgery, and verifies it every time', () => {
    const cache = createCache(1);
    const token = cache.sign(ticketOf('fan'));
    cache.verify(token);
    expect([cache.verify('v1.k.e30.forged'), cache.verify('v1.k.e30.forged')]).toEqual([null, null]);
    cache.verify(token);
    expect(cache.verified).toEqual([token, 'v1.k.e30.forged', 'v1.k.e30.forged']);
  });

  it('evicts the oldest ticket when it is full, and verifies it again', () => {
    const cache = createCache(2);
    const [first = '', second = '', third = ''] = ['a', 'b', 'c'].map((user) => cache.sign(ticketOf(user)));
    for (const token of [first, second, third, second, third, first]) cache.verify(token);
    expect(cache.verified).toEqual([first, second, third, first]);
  });
});
