import type { CancelledReservation, ExpiredReservation } from '@frontrow/domain/booking/reservation.ts';
import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { holdEnded } from '@frontrow/domain/webhooks/message.ts';
import type { LockedReservation } from '../ports/booking/reservations.ts';
import type { Ports } from '../ports/ports.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';
import { webhookMessages } from '../webhooks/webhook-messages.ts';
import { claimOf } from './own-reservation.ts';

export type EndedHold = {
  /** As the transaction has locked it, with its seats. */
  readonly locked: LockedReservation;
  /** The same, as the domain has ended it. */
  readonly over: CancelledReservation | ExpiredReservation;
  readonly actor: UserId;
  readonly reason: string | null;
};

/**
 * Frees the seats of a hold and stores its end. The history gets the cancellation of a live hold. Webhook endpoints get a
 * message only where the stored status changes.
 */
export async function writeEndedHold(
  { seats, reservations, outbox }: Pick<UnitOfWork, 'seats' | 'reservations' | 'outbox'>,
  ids: Ports['ids'],
  { locked: { reservation, asOf, isStoredHeld }, over, actor, reason }: EndedHold,
): Promise<void> {
  await seats.release(claimOf(over));
  await reservations.save(over);
  const reservationId = reservation.id;
  if (reservation.status === 'HELD')
    await reservations.recordChange({ reservationId, kind: 'CANCELLED', at: asOf, actor, reason });
  if (isStoredHeld) await outbox.append(webhookMessages({ ids }, [holdEnded(over, asOf)]));
}
