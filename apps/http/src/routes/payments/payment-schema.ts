import type { AnyPayment } from '@frontrow/application/ports/payments/payments.ts';
import { PAYMENT_FAILURE_CODES } from '@frontrow/domain/payments/failed-payment.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { balance, id, instant, money } from '../shared/fields.ts';
import { pageOf } from '../shared/paging.ts';

const example = {
  id: EXAMPLE.paymentId,
  reservationId: EXAMPLE.reservationId,
  status: 'COMPLETED',
  failureCode: null,
  amount: 240_000,
  balanceAfter: 60_000,
  paidAt: '2026-12-01T11:02:03.015Z',
  failedAt: null,
  refundedAmount: 0,
} as const;
const failedExample = {
  ...example,
  id: '01KB3XE7Q2R5V8Y1B4D6F9H3K0',
  status: 'FAILED',
  failureCode: 'INSUFFICIENT_BALANCE',
  balanceAfter: null,
  paidAt: null,
  failedAt: '2026-12-01T11:01:47.230Z',
} as const;

export const payment = z
  .object({
    id,
    reservationId: id,
    status: z.enum(['COMPLETED', 'FAILED']),
    failureCode: z.enum(PAYMENT_FAILURE_CODES).nullable().meta({ description: 'Null if COMPLETED' }),
    amount: money.meta({ description: 'What was paid or was to be paid, in whole won' }),
    balanceAfter: balance.nullable().meta({ description: 'Null if FAILED' }),
    paidAt: instant.nullable().meta({ description: 'Null if FAILED' }),
    failedAt: instant.nullable().meta({
      description: 'The last time that a payment failed with this code; null if COMPLETED',
    }),
    refundedAmount: money.meta({ description: 'The part of the amount that was paid back, in whole won' }),
  })
  .meta({ id: 'Payment', examples: [example, failedExample] });

export const paymentPage = pageOf(payment).meta({
  id: 'PaymentPage',
  examples: [{ items: [example, failedExample], nextCursor: null }],
});

export const newPayment = z
  .strictObject({ reservationId: id })
  .meta({ id: 'NewPayment', examples: [{ reservationId: EXAMPLE.reservationId }] });

export function presentPayment(of: AnyPayment): z.output<typeof payment> {
  const failed = 'failureCode' in of;
  return {
    id: of.id,
    reservationId: of.reservationId,
    status: failed ? 'FAILED' : 'COMPLETED',
    failureCode: failed ? of.failureCode : null,
    amount: of.amount,
    balanceAfter: failed ? null : of.balanceAfter,
    paidAt: failed ? null : formatInstant(of.paidAt),
    failedAt: failed ? formatInstant(of.failedAt) : null,
    refundedAmount: failed ? 0 : of.refundedAmount,
  };
}
