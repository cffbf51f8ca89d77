import type { NotFound, ReservationNotHeld } from '@frontrow/domain/shared/refusals.ts';
import { cancel } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import { type OwnReservation, lockOwnReservation } from '../../booking/own-reservation.ts';
import { writeEndedHold } from '../../booking/write-ended-hold.ts';

export type CancelReservation = (
  command: OwnReservation,
) => Promise<Result<void, NotFound | ReservationNotHeld>>;

/** Releases a live hold at once. The session continues. */
export function createCancelReservation({
  transact,
  ids,
}: Pick<Ports, 'transact' | 'ids'>): CancelReservation {
  return (command) =>
    transact(
      async (unit) => {
        const locked = await lockOwnReservation(unit, command);
        if (!locked.ok) return locked;
        const cancelled = cancel(locked.value.reservation);
        if (!cancelled.ok) return cancelled;
        const ended = { locked: locked.value, over: cancelled.value, actor: command.userId, reason: null };
        await writeEndedHold(unit, ids, ended);
        return ok(undefined);
      },
      { reservationId: command.reservationId },
    );
}
