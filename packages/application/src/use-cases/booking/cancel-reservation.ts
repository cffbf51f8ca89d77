import type { NotFound, ReservationNotHeld } from '@frontrow/domain/shared/refusals.ts';
import { cancel } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import { type OwnReservation, claimOf, lockOwnReservation } from '../../booking/own-reservation.ts';

export type CancelReservation = (
  command: OwnReservation,
) => Promise<Result<void, NotFound | ReservationNotHeld>>;

/** Releases a live hold at once. The session continues. */
export function createCancelReservation({ transact }: Pick<Ports, 'transact'>): CancelReservation {
  return (command) =>
    transact(async (unit) => {
      const locked = await lockOwnReservation(unit, command);
      if (!locked.ok) return locked;
      const cancelled = cancel(locked.value.reservation);
      if (!cancelled.ok) return cancelled;
      await unit.seats.release(claimOf(cancelled.value));
      await unit.reservations.save(cancelled.value);
      return ok(undefined);
    });
}
