import type { Refund } from '@frontrow/domain/payments/refund.ts';
import { formatInstant } from '@frontrow/domain/shared/instant.ts';
import { SEATS_PER_RESERVATION_MAX } from '@frontrow/domain/shared/limits.ts';
import { z } from 'zod';
import { EXAMPLE } from '../shared/examples.ts';
import { balance, id, instant, money, reason, seatNumber } from '../shared/fields.ts';

const example = {
  id: EXAMPLE.refundId,
  reservationId: EXAMPLE.reservationId,
  seatNumbers: [8],
  amount: 120_000,
  balanceAfter: 180_000,
  refundedAt: '2026-12-03T08:15:30.120Z',
};

export const refund = z
  .object({
    id,
    reservationId: id,
    seatNumbers: z.array(seatNumber).meta({ description: 'The seats that this refund gave back, ascending' }),
    amount: money,
    balanceAfter: balance,
    refundedAt: instant,
  })
  .meta({ id: 'Refund', examples: [example] });

const refundedSeats = z.strictObject({
  seatNumbers: z
    .array(seatNumber)
    .min(1)
    .max(SEATS_PER_RESERVATION_MAX)
    .optional()
    .meta({ description: 'Without it, all seats that are not refunded yet' }),
});

export const newRefund = refundedSeats.nullable().meta({ examples: [{ seatNumbers: [8] }] });

export const staffRefund = refundedSeats
  .extend({ reason })
  .meta({ id: 'StaffRefund', examples: [{ seatNumbers: [8], reason: 'The seat has no view of the stage' }] });

export function presentRefund(of: Refund): z.output<typeof refund> {
  return {
    id: of.id,
    reservationId: of.reservationId,
    seatNumbers: [...of.seatNumbers],
    amount: of.amount,
    balanceAfter: of.balanceAfter,
    refundedAt: formatInstant(of.refundedAt),
  };
}
