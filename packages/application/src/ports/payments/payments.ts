import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { ConcertId, PaymentId, ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Wallet } from '@frontrow/domain/payments/wallet.ts';
import type { LockMode } from '../shared/lock-mode.ts';
import type { Page, PageRequest } from '../shared/page.ts';

/** A payment, and how much of it was paid back until now. */
export type PaymentWithRefunds = Payment & { readonly refundedAmount: Money };

export type AnyPayment = PaymentWithRefunds | FailedPayment;

export type PaymentReads = {
  find(id: PaymentId): Promise<PaymentWithRefunds | null>;
  findFailed(id: PaymentId): Promise<FailedPayment | null>;
  /** The user's payments, newest first. A failed one has the place of its first time. */
  list(userId: UserId, page: PageRequest): Promise<Page<AnyPayment>>;
};

/** A locked reservation with its locked seats and its owner's locked wallet, as of the database's clock. */
export type ReservationWithWallet = {
  readonly reservation: Reservation;
  readonly wallet: Wallet;
  /** Of the event and its concert, as committed before the last lock was acquired. */
  readonly sales: Sales;
  readonly asOf: Instant;
};

/** A payment to add, with the concert of its reservation. */
export type NewPayment = Payment & { readonly concertId: ConcertId };

export type Payments = {
  /**
   * Locks reservations with all their seats and the wallets of their owners, and creates a missing wallet. The result
   * lacks unknown reservations and, in the mode SKIP, those that cannot be locked at once or whose wallet is missing.
   * Their rows are in any order; `asOf` was read after the last lock.
   */
  lock(ids: readonly ReservationId[], mode: LockMode): Promise<readonly ReservationWithWallet[]>;
  /** Throws for a second payment of a reservation, which a unique key forbids. */
  add(payments: readonly NewPayment[]): Promise<void>;
};
