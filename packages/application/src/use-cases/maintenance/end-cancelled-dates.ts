import { type Cancellation, CANCELLATION_SETTLES_MS } from '@frontrow/domain/catalog/cancellation.ts';
import { cancel } from '@frontrow/domain/booking/reservation.ts';
import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import { ok } from '@frontrow/domain/shared/result.ts';
import { writeEndedHold } from '../../booking/write-ended-hold.ts';
import { refundInUnit } from '../../payments/refund-in-unit.ts';
import type { OpenReservations } from '../../ports/catalog/cancellations.ts';
import type { Ports } from '../../ports/ports.ts';
import type { UnitOfWork } from '../../ports/shared/unit-of-work.ts';

/** Ends the holds of cancelled dates and refunds their paid reservations. Returns how many reservations it has ended. */
export type EndCancelledDates = () => Promise<number>;

const CANCELLATIONS_MAX = 20;
const BATCH = 20;
/** How many reservations of a date one run ends, so that a run is over before its process has to stop. */
const RUN_MAX = 400;

type EndCancelledDatesPorts = Pick<Ports, 'transact' | 'ids' | 'cancellationReads'>;

/**
 * Finds the work in the database alone, and each reservation is ended in a transaction of its own that reads it under its
 * lock: any number of runs may overlap, and each may be killed at any step.
 */
export function createEndCancelledDates(
  ports: EndCancelledDatesPorts,
  settlesMs = CANCELLATION_SETTLES_MS,
): EndCancelledDates {
  return async () => {
    const failures: unknown[] = [];
    let ended = 0;
    for (const cancellation of await ports.cancellationReads.listUnfinished(CANCELLATIONS_MAX)) {
      ended += await endAll(ports, cancellation, 'HELD', failures);
      ended += await endAll(ports, cancellation, 'CONFIRMED', failures);
      await ports.transact(
        async ({ cancellations }) => ok(await cancellations.finish(cancellation.eventId, settlesMs)),
        { eventId: cancellation.eventId },
      );
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} reservations were not ended`);
    return ended;
  };
}

/** Goes on after a failure, because a failing reservation stays in the list. */
async function endAll(
  ports: EndCancelledDatesPorts,
  cancellation: Cancellation,
  status: OpenReservations['status'],
  failures: unknown[],
): Promise<number> {
  const { eventId } = cancellation;
  let [ended, after]: [number, ReservationId | null] = [0, null];
  for (let seen = 0; seen < RUN_MAX; seen += BATCH) {
    const open = await ports.cancellationReads.listOpen({ eventId, status, after, limit: BATCH });
    const outcomes = await Promise.allSettled(open.map((id) => endReservation(ports, cancellation, id)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') failures.push(outcome.reason);
      else if (outcome.value) ended += 1;
    }
    after = open.at(-1) ?? null;
    if (open.length < BATCH) break;
  }
  return ended;
}

/** Whether this call has ended the reservation. */
async function endReservation(
  { transact, ids }: EndCancelledDatesPorts,
  { actor: userId, reason }: Cancellation,
  reservationId: ReservationId,
): Promise<boolean> {
  const { value } = await transact(
    async (unit) => {
      const order = { by: 'ORGANISER', userId, reason } as const;
      const refunded = await refundInUnit(unit, ids, { reservationId, seatNumbers: null, order });
      return ok(refunded.ok || (await releaseHold(unit, ids, reservationId, order)));
    },
    { reservationId },
  );
  return value;
}

/** The transaction has locked the reservation and its seats. */
async function releaseHold(
  unit: UnitOfWork,
  ids: Ports['ids'],
  id: ReservationId,
  { userId: actor, reason }: { readonly userId: UserId; readonly reason: string },
): Promise<boolean> {
  const locked = await unit.reservations.lock(id);
  if (locked === null || !locked.isStoredHeld) return false;
  const over = cancel(locked.reservation);
  if (!over.ok) return false;
  await writeEndedHold(unit, ids, { locked, over: over.value, actor, reason });
  return true;
}
