import type { Reservation } from '../booking/reservation.ts';
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

/**
 * Whether nothing has ended or changed the reservation since its payment was refused at `refused`. Otherwise other messages
 * of the reservation were written first, and one of the refusal would be out of order. `isStoredHeld` is true for a hold
 * that nothing has ended yet, lapsed or not.
 */
export function isLatestOf(
  refused: Reservation,
  { reservation, isStoredHeld }: { readonly reservation: Reservation; readonly isStoredHeld: boolean },
): boolean {
  if (isStoredHeld) return true;
  return reservation.status === refused.status && refundedFrom(reservation) === refundedFrom(refused);
}

function refundedFrom(reservation: Reservation): Money {
  return 'refundedAmount' in reservation ? reservation.refundedAmount : 0;
}

export function isPaymentFailure(code: RefusalCode): code is PaymentFailureCode {
  return (PAYMENT_FAILURE_CODES as readonly RefusalCode[]).includes(code);
}
