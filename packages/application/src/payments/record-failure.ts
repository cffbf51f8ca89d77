import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { type FailedPayment, isLatestOf } from '@frontrow/domain/payments/failed-payment.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { paymentFailed } from '@frontrow/domain/webhooks/message.ts';
import type { Ports } from '../ports/ports.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';

export type PaymentFailure = { readonly failed: FailedPayment; readonly reservation: Reservation };

/**
 * Writes the record of a refused payment in a transaction of its own, because the refused one is rolled back. The first
 * record of a reservation and code also tells the webhook endpoints, unless the reservation has changed since the refusal. A
 * fault does not change the answer to the fan.
 */
export async function recordFailure(
  { transact, ids }: Pick<Ports, 'transact' | 'ids'>,
  { failed, reservation }: PaymentFailure,
): Promise<void> {
  try {
    await transact(
      async ({ reservations, failedPayments, outbox }) => {
        // Under the lock, so that no later message of the reservation is written before this one.
        const locked = await reservations.lock(reservation.id);
        const isNew = await failedPayments.record(failed);
        if (isNew && locked !== null && isLatestOf(reservation, locked))
          await outbox.append(webhookMessages({ ids }, [paymentFailed(failed, reservation)]));
        return ok(undefined);
      },
      { reservationId: reservation.id },
    );
  } catch {
    // The refusal stands without its record.
  }
}
