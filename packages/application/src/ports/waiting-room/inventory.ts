import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';

/** What a concert can still sell, by the database's clock. */
export type Inventory = {
  /** Seats of bookable dates that can be held now. */
  readonly sellable: number;
  /** There are bookable dates, and every seat of each is SOLD. A held seat can still become available. */
  readonly isSoldOut: boolean;
  /** The users with a live hold in the concert, and the sequence of the ticket that made it. */
  readonly holders: readonly { readonly userId: UserId; readonly sequence: number }[];
};

export type InventoryReads = { count(concertId: ConcertId): Promise<Inventory> };
