import type { PaymentId, UserId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { AnyPayment } from '../../ports/payments/payments.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetPaymentQuery = { readonly userId: UserId; readonly paymentId: PaymentId };
export type GetPayment = (query: GetPaymentQuery) => Promise<Result<AnyPayment, NotFound>>;

export function createGetPayment({ paymentReads }: Pick<Ports, 'paymentReads'>): GetPayment {
  return async ({ userId, paymentId }) => {
    const payment = (await paymentReads.find(paymentId)) ?? (await paymentReads.findFailed(paymentId));
    return payment?.userId === userId ? ok(payment) : refuse(notFound('payment'));
  };
}
