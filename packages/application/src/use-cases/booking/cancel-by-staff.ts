import { cancel } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, type ReservationNotHeld, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { lockWithSeats } from '../../booking/own-reservation.ts';
import { writeEndedHold } from '../../booking/write-ended-hold.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';
import type { Ports } from '../../ports/ports.ts';

export type CancelByStaffCommand = {
  readonly reservationId: ReservationId;
  readonly reason: string;
  readonly by: AdminRequest;
};
export type CancelByStaff = (
  command: CancelByStaffCommand,
) => Promise<Result<void, NotFound | ReservationNotHeld>>;

/** Staff end the live hold of a user at once. A repeat changes nothing. */
export function createCancelByStaff({ transact, ids }: Pick<Ports, 'transact' | 'ids'>): CancelByStaff {
  return ({ reservationId, reason, by }) =>
    transact<Result<void, NotFound | ReservationNotHeld>>(
      async (unit) => {
        const found = await unit.reservations.find(reservationId);
        if (found === null) return refuse(notFound('reservation'));
        const locked = await lockWithSeats(unit, found);
        if (!locked.ok) return locked;
        const { reservation } = locked.value;
        const cancelled = cancel(reservation);
        if (!cancelled.ok) return cancelled;
        if (reservation.status !== 'HELD') return ok(undefined);
        const ended = { locked: locked.value, over: cancelled.value, actor: by.actor, reason };
        await writeEndedHold(unit, ids, ended);
        const target = `reservation/${reservationId}` as const;
        await unit.auditLog.append({ by, target, before: reservation, after: cancelled.value, reason });
        return ok(undefined);
      },
      { reservationId },
    );
}
