import type { NotFound } from '@frontrow/domain/shared/refusals.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import type { Ports } from '../../ports/ports.ts';
import { type OwnReservation, findOwnReservation } from '../../booking/own-reservation.ts';

export type GetReservation = (query: OwnReservation) => Promise<Result<Reservation, NotFound>>;

export function createGetReservation({ reservationReads }: Pick<Ports, 'reservationReads'>): GetReservation {
  return (query) => findOwnReservation(reservationReads, query);
}
