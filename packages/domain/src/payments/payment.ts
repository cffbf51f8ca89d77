import type { PaymentId, ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Money } from '../shared/money.ts';

/** The record of a completed payment for a reservation. */
export type Payment = {
  readonly id: PaymentId;
  readonly reservationId: ReservationId;
  readonly userId: UserId;
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly paidAt: Instant;
};
