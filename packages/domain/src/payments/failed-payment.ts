import type { PaymentId, ReservationId, UserId } from '../shared/ids.ts';
import type { Instant } from '../shared/instant.ts';
import type { Money } from '../shared/money.ts';
import type { RefusalCode } from '../shared/refusals.ts';

/** The refusals that leave a failed payment. Others refuse the request before it concerns a reservation of the user. */
export const PAYMENT_FAILURE_CODES = [
  'HOLD_EXPIRED',
  'RESERVATION_NOT_HELD',
  'SALES_STOPPED',
  'EVENT_CANCELLED',
  'INSUFFICIENT_BALANCE',
] as const satisfies readonly RefusalCode[];
export type PaymentFailureCode = (typeof PAYMENT_FAILURE_CODES)[number];

/** The record of refused payments for a reservation, one for each code. */
export type FailedPayment = {
  readonly id: PaymentId;
  readonly reservationId: ReservationId;
  readonly userId: UserId;
  /** What was to be paid. */
  readonly amount: Money;
  readonly failureCode: PaymentFailureCode;
  /** The last time. */
  readonly failedAt: Instant;
};

export function isPaymentFailure(code: RefusalCode): code is PaymentFailureCode {
  return (PAYMENT_FAILURE_CODES as readonly RefusalCode[]).includes(code);
}
