import type { QueueStatus } from './generated/types.gen.ts';
import { type KeyValueStorage, tolerantStorage } from './storage.ts';

/** The newest ticket of each concert. */
export type TicketStore = {
  read(concertId: string): string | null;
  /** Keeps the ticket of a status that has one, unless a newer one is kept. */
  keep(status: QueueStatus): void;
  forget(concertId: string): void;
};

type Stored = { readonly token: string; readonly sequence: number; readonly asOf: string };

const PREFIX = 'frontrow.ticket.';

export function createTicketStore(unsafe: KeyValueStorage): TicketStore {
  const storage = tolerantStorage(() => unsafe);

  function find(concertId: string): Stored | null {
    const [sequence, asOf, token] = storage.getItem(PREFIX + concertId)?.split(' ') ?? [];
    return token === undefined ? null : { token, sequence: Number(sequence), asOf: asOf ?? '' };
  }

  return {
    read: (concertId) => find(concertId)?.token ?? null,
    keep({ concertId, token, sequence, asOf }) {
      if (token === undefined) return;
      const known = find(concertId);
      if (known !== null && isNewer(known, { sequence, asOf })) return;
      storage.setItem(PREFIX + concertId, `${sequence} ${asOf} ${token}`);
    },
    forget: (concertId) => storage.removeItem(PREFIX + concertId),
  };
}

/** A later place has a higher sequence, and of one place the later status has the newer ticket. */
function isNewer(a: Omit<Stored, 'token'>, b: Omit<Stored, 'token'>): boolean {
  return a.sequence === b.sequence ? a.asOf > b.asOf : a.sequence > b.sequence;
}
