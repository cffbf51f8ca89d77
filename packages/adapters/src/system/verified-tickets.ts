import type { TokenSigner } from '@frontrow/application/ports/waiting-room/token-signer.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Ticket } from '@frontrow/domain/waiting-room/queue-token.ts';

/** About half a kilobyte each, 64 MB at most: more waiters than one process has to answer between two of their polls. */
const TICKETS_MAX = 131_072;
const CONCERTS_MAX = 1_000;

/**
 * Verifies each token once. What verified goes by its whole text, so that nothing but the very token that was verified
 * passes, and is remembered for as long as the process has the keys that it was verified with: taking a key out of
 * service starts another process. The longest remembered is forgotten first, and is merely verified again.
 */
export function cacheVerifiedTickets(signer: TokenSigner, max = TICKETS_MAX): TokenSigner {
  const verified = new Map<string, Ticket>();
  const concertIds = new Map<ConcertId, ConcertId>();
  return {
    sign: (ticket) => signer.sign(ticket),
    verify(token) {
      const known = verified.get(token);
      if (known !== undefined) return known;
      const ticket = signer.verify(token);
      // A token that nobody signed is not remembered, so that forgeries cannot push out what is real.
      if (ticket !== null) remember(token, ticket);
      return ticket;
    },
  };

  function remember(token: string, ticket: Ticket): void {
    const [longest] = verified.size >= max ? verified.keys() : [];
    if (longest !== undefined) verified.delete(longest);
    verified.set(token, { ...ticket, concertId: sharedText(ticket.concertId) });
  }

  /** One text for all tickets of a concert, which then are compared by its address alone. */
  function sharedText(concertId: ConcertId): ConcertId {
    const shared = concertIds.get(concertId);
    if (shared !== undefined) return shared;
    if (concertIds.size >= CONCERTS_MAX) concertIds.clear();
    concertIds.set(concertId, concertId);
    return concertId;
  }
}
