import type { PaymentId, ReservationId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Money } from './money.ts';

/** The record of a completed payment for a reservation. */
export type Payment = {
  readonly id: PaymentId;
  readonly reservationId: ReservationId;
  readonly userId: UserId;
  readonly amount: Money;
  readonly balanceAfter: Money;
  readonly paidAt: Instant;
};
