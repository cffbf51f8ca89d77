import type { NotFound, ReservationNotHeld } from '@frontrow/domain/shared/refusals.ts';
import { cancel } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { holdEnded } from '@frontrow/domain/webhooks/message.ts';
import { webhookMessages } from '../../webhooks/webhook-messages.ts';
import type { Ports } from '../../ports/ports.ts';
import {
  type OwnReservation,
  claimOf,
  lockOwnReservation,
  ownChange,
} from '../../booking/own-reservation.ts';

export type CancelReservation = (
  command: OwnReservation,
) => Promise<Result<void, NotFound | ReservationNotHeld>>;

/** Releases a live hold at once. The session continues. */
export function createCancelReservation({
  transact,
  ids,
}: Pick<Ports, 'transact' | 'ids'>): CancelReservation {
  return (command) =>
    transact(async (unit) => {
      const locked = await lockOwnReservation(unit, command);
      if (!locked.ok) return locked;
      const { reservation, asOf } = locked.value;
      const cancelled = cancel(reservation);
      if (!cancelled.ok) return cancelled;
      await unit.seats.release(claimOf(cancelled.value));
      await unit.reservations.save(cancelled.value);
      if (reservation.status === 'HELD')
        await unit.reservations.recordChange(ownChange(reservation, 'CANCELLED', asOf));
      if (locked.value.isStoredHeld)
        await unit.outbox.append(webhookMessages({ ids }, [holdEnded(cancelled.value, asOf)]));
      return ok(undefined);
    });
}
