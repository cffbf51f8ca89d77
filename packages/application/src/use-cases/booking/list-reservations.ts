import type { UserId } from '@frontrow/domain/shared/ids.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListReservations = (userId: UserId, page: PageRequest) => Promise<Page<Reservation>>;

export function createListReservations({
  reservationReads,
}: Pick<Ports, 'reservationReads'>): ListReservations {
  return (userId, page) => reservationReads.list(userId, page);
}
