import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';

/** What there still is to be had of a concert, by the database's clock. */
export type Inventory = {
  /** Seats of bookable dates that can be held now. */
  readonly sellable: number;
  /** There are bookable dates, and every seat of each is SOLD. Seats that are merely held may still come back. */
  readonly isSoldOut: boolean;
  /** Who has a live hold in the concert, with the sequence of the queue token it was made with. */
  readonly holders: readonly { readonly userId: UserId; readonly sequence: number }[];
};

export type InventoryReads = { count(concertId: ConcertId): Promise<Inventory> };
