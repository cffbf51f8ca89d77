import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type {
  EventNotBookable,
  ExtensionLimitExceeded,
  HoldExpired,
  IdempotencyInProgress,
  IdempotencyKeyReused,
  NotFound,
  ReservationNotHeld,
  EventCancelled,
  SalesStopped,
} from '@frontrow/domain/shared/refusals.ts';
import { type HeldReservation, extend } from '@frontrow/domain/booking/reservation.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { type Answer, idempotently } from '../../shared/idempotently.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { Ports } from '../../ports/ports.ts';
import {
  type OwnReservation,
  claimOf,
  lockOwnReservation,
  ownChange,
} from '../../booking/own-reservation.ts';

export type ExtendHoldCommand = OwnReservation & { readonly request: IdempotentRequest };
type ExtendRefusal =
  | NotFound
  | HoldExpired
  | ReservationNotHeld
  | EventNotBookable
  | SalesStopped
  | EventCancelled
  | ExtensionLimitExceeded;
export type ExtendHold = (
  command: ExtendHoldCommand,
) => Promise<Result<Answer<HeldReservation>, ExtendRefusal | IdempotencyKeyReused | IdempotencyInProgress>>;

export function createExtendHold({ transact }: Pick<Ports, 'transact'>): ExtendHold {
  return (command) =>
    transact(
      (unit) =>
        idempotently<HeldReservation, ExtendRefusal>(unit.idempotency, command.request, async () => {
          const locked = await lockOwnReservation(unit, command);
          if (!locked.ok) return locked;
          const { reservation, hold, event, sales, asOf } = locked.value;
          const histories = await unit.reservations.findHistories([reservation], asOf - hold.coolDownMs);
          const history = histories.get(reservation.userId)!;
          const extended = extend(reservation, { policy: hold, event, sales, history, now: asOf });
          if (!extended.ok) return extended;
          const { seatNumbers, holdExpiresAt } = extended.value;
          const moved = await unit.seats.extend([claimOf(reservation)], holdExpiresAt);
          invariant(moved === seatNumbers.length, `reservation ${reservation.id} lost a seat while HELD`);
          await unit.reservations.save(extended.value);
          await unit.reservations.recordChange(ownChange(reservation, 'EXTENDED', asOf));
          return extended;
        }),
      { reservationId: command.reservationId },
    );
}
