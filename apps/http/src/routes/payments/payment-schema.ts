import type { PaymentWithRefunds } from '@frontrow/application/ports/payments/payments.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { balance, id, instant, money } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const example = {
  id: EXAMPLE.paymentId,
  reservationId: EXAMPLE.reservationId,
  amount: 240_000,
  balanceAfter: 60_000,
  paidAt: '2026-12-01T11:02:03.015Z',
  refundedAmount: 0,
};

export const payment = z
  .object({
    id,
    reservationId: id,
    amount: money,
    balanceAfter: balance,
    paidAt: instant,
    refundedAmount: money.meta({ description: 'The part of the amount that was paid back, in whole won' }),
  })
  .meta({ id: 'Payment', examples: [example] });

export const paymentPage = pageOf(payment).meta({
  id: 'PaymentPage',
  examples: [{ items: [example], nextCursor: null }],
});

export const newPayment = z
  .strictObject({ reservationId: id })
  .meta({ id: 'NewPayment', examples: [{ reservationId: EXAMPLE.reservationId }] });

export function presentPayment(of: PaymentWithRefunds): z.output<typeof payment> {
  return {
    id: of.id,
    reservationId: of.reservationId,
    amount: of.amount,
    balanceAfter: of.balanceAfter,
    paidAt: formatInstant(of.paidAt),
    refundedAmount: of.refundedAmount,
  };
}
