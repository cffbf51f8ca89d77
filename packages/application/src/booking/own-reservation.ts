import type { ReservationId, UserId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import type { ReservationChange } from '@frontrow/domain/booking/reservation-history.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { SeatClaim } from '../ports/booking/seats.ts';
import type { LockedReservation, ReservationReads } from '../ports/booking/reservations.ts';
import type { UnitOfWork } from '../ports/shared/unit-of-work.ts';

export type OwnReservation = { readonly userId: UserId; readonly reservationId: ReservationId };

/** Refuses the reservation of another user like one that does not exist. */
export async function findOwnReservation(
  reservations: Pick<ReservationReads, 'find'>,
  { userId, reservationId }: OwnReservation,
): Promise<Result<Reservation, NotFound>> {
  const reservation = await reservations.find(reservationId);
  return reservation?.userId === userId ? ok(reservation) : refuse(notFound('reservation'));
}

export async function lockOwnReservation(
  unit: Pick<UnitOfWork, 'seats' | 'reservations'>,
  own: OwnReservation,
): Promise<Result<LockedReservation, NotFound>> {
  const found = await findOwnReservation(unit.reservations, own);
  return found.ok ? lockWithSeats(unit, found.value) : found;
}

/** Locks the seats of a reservation, then the reservation, in the order of all transactions. */
export async function lockWithSeats(
  { seats, reservations }: Pick<UnitOfWork, 'seats' | 'reservations'>,
  reservation: Reservation,
): Promise<Result<LockedReservation, NotFound>> {
  await seats.lock(claimOf(reservation));
  const locked = await reservations.lock(reservation.id);
  return locked === null ? refuse(notFound('reservation')) : ok(locked);
}

export function claimOf({ id, eventId, seatNumbers }: Reservation): SeatClaim {
  return { reservationId: id, eventId, seatNumbers };
}

/** A change that the owner of the reservation made. */
export function ownChange(
  { id: reservationId, userId: actor }: Reservation,
  kind: ReservationChange['kind'],
  at: Instant,
): ReservationChange {
  return { reservationId, kind, at, actor, reason: null };
}
