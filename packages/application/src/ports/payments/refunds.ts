import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { Refund } from '@frontrow/domain/payments/refund.ts';
import type { ReservationWithWallet } from './payments.ts';

/** A locked reservation with its locked seats and its owner's locked wallet, as of the database's clock. */
export type ReservationToRefund = ReservationWithWallet & {
  /** The prices of the seats that the reservation has bought and still has. */
  readonly prices: ReadonlyMap<number, Money>;
  /** The seats of the reservation that its owner has entered with, ascending. */
  readonly checkedInSeats: readonly number[];
  /** As it is now. */
  readonly event: ConcertEvent;
};

export type Refunds = {
  /**
   * Locks reservations with all their seats and the wallets of their owners, in the order of all transactions. The result
   * lacks unknown reservations, and is in any order. `asOf` was read after the last lock.
   */
  lock(ids: readonly ReservationId[]): Promise<readonly ReservationToRefund[]>;
  /** Throws for a second refund of a seat of the same reservation, which a unique key forbids. */
  add(refunds: readonly Refund[]): Promise<void>;
};
