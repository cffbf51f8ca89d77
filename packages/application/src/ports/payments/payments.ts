import type { PaymentId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type PaymentReads = {
  find(id: PaymentId): Promise<Payment | null>;
  /** The user's own, newest first. */
  list(userId: UserId, page: PageRequest): Promise<Page<Payment>>;
};

export type Payments = {
  /** A second payment of one reservation throws: a unique key forbids it. */
  add(payment: Payment): Promise<void>;
};
