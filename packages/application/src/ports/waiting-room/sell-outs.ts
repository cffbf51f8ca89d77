import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { CountedDate } from '@frontrow/domain/waiting-room/inventory.ts';

/** `soldOutAt` is what is stored. The clock and the seats were read after the lock was acquired. */
export type LockedSellOut = {
  readonly soldOutAt: Instant | null;
  readonly dates: readonly CountedDate[];
  readonly asOf: Instant;
};

/** Since when a concert is sold out, by the last count that changed it, inside a transaction. */
export type SellOuts = {
  /** Locks the record of the concert, which need not exist, and counts the seats of its bookable dates. */
  lock(concertId: ConcertId): Promise<LockedSellOut>;
  /** Replaces a locked record; null for a concert that is not sold out. */
  save(concertId: ConcertId, soldOutAt: Instant | null): Promise<void>;
};

export type SellOutReads = {
  /** Null for a concert that is not sold out. */
  find(concertId: ConcertId): Promise<Instant | null>;
};
