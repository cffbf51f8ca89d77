import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type HeldReservation, keepSeats } from '@frontrow/domain/booking/reservation.ts';
import type {
  HoldExpired,
  NotFound,
  ReservationNotHeld,
  ValidationFailed,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import {
  type OwnReservation,
  claimOf,
  lockOwnReservation,
  ownChange,
} from '../../booking/own-reservation.ts';
import type { Ports } from '../../ports/ports.ts';

export type KeepSeatsCommand = OwnReservation & {
  /** The seats that remain. */
  readonly seatNumbers: readonly number[];
};
export type KeepSeats = (
  command: KeepSeatsCommand,
) => Promise<Result<HeldReservation, NotFound | HoldExpired | ReservationNotHeld | ValidationFailed>>;

/** Gives up the other seats of a live hold at once. Its time does not change, and a repeat changes nothing. */
export function createKeepSeats({ transact }: Pick<Ports, 'transact'>): KeepSeats {
  return (command) =>
    transact(
      async (unit) => {
        const locked = await lockOwnReservation(unit, command);
        if (!locked.ok) return locked;
        const chosen = keepSeats(locked.value.reservation, command.seatNumbers);
        if (!chosen.ok) return chosen;
        const { reservation, kept, givenUp } = chosen.value;
        if (givenUp.length === 0) return ok(reservation);
        const released = await unit.seats.release({ ...claimOf(reservation), seatNumbers: givenUp });
        invariant(released === givenUp.length, `reservation ${reservation.id} lost a seat while HELD`);
        const totalAmount = await unit.seats.sumPrices({ ...claimOf(reservation), seatNumbers: kept });
        const smaller = { ...reservation, seatNumbers: kept, totalAmount };
        await unit.reservations.saveSeats(smaller);
        await unit.reservations.recordChange(ownChange(reservation, 'REDUCED', locked.value.asOf));
        return ok(smaller);
      },
      { reservationId: command.reservationId },
    );
}
