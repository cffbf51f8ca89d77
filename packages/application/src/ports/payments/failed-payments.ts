import type { FailedPayment } from '@frontrow/domain/payments/failed-payment.ts';

export type FailedPayments = {
  /**
   * Adds the record, or gives the record of the same reservation and code the amount and instant of this one. Returns
   * whether it was added.
   */
  record(failed: FailedPayment): Promise<boolean>;
};

export type FailedPaymentPurge = {
  /** Removes at most `limit` failed payments that are older than `olderThanMs`. Returns how many. */
  purge(olderThanMs: number, limit: number): Promise<number>;
};
