import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { AnyPayment } from '../../ports/payments/payments.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListPayments = (userId: UserId, page: PageRequest) => Promise<Page<AnyPayment>>;

export function createListPayments({ paymentReads }: Pick<Ports, 'paymentReads'>): ListPayments {
  return (userId, page) => paymentReads.list(userId, page);
}
