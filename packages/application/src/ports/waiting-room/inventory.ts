import type { ConcertId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { InventorySnapshot } from '@frontrow/domain/waiting-room/inventory.ts';

/** What a concert can still sell, by the database's clock: its bookable dates, and their seats that can be held now. */
export type Inventory = Pick<InventorySnapshot, 'sellable' | 'dates' | 'seatsReturned'> & {
  /** The users with a live hold in the concert, and the sequence of the ticket that made it. */
  readonly holders: readonly { readonly userId: UserId; readonly sequence: number }[];
};

export type InventoryReads = { count(concertId: ConcertId): Promise<Inventory> };
