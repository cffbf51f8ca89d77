import type { PaymentId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Payment } from '@frontrow/domain/payments/payment.ts';
import type { Page, PageRequest } from '../shared/page.ts';

export type PaymentReads = {
  find(id: PaymentId): Promise<Payment | null>;
  /** The user's payments, newest first. */
  list(userId: UserId, page: PageRequest): Promise<Page<Payment>>;
};

export type Payments = {
  /** Throws for a second payment of a reservation, which a unique key forbids. */
  add(payment: Payment): Promise<void>;
};
