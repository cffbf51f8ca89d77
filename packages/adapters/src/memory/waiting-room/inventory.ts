import type { InventoryReads } from '@frontrow/application/ports/waiting-room/inventory.ts';
import { isOnSale } from '@frontrow/domain/catalog/concert.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import { seatAt } from '@frontrow/domain/booking/seat.ts';
import { eventsOf } from '../catalog/catalog.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf, rowsOf } from '../store/table.ts';

export function createMemoryInventoryReads({ tables, clock }: MemoryView): InventoryReads {
  return {
    async count(concertId) {
      const now = clock.now();
      const bookable = eventsOf(tables, concertId).filter((event) => isOnSale(event, now));
      const counted = bookable.map(({ id, seatCount, reservationEndAt }) => {
        const seats = Array.from({ length: seatCount }, (_, index) => tables.seats.get(keyOf(id, index + 1)));
        return { reservationEndAt, statuses: seats.map((seat) => seat && seatAt(seat, now).status) };
      });
      const holders = [...rowsOf(tables.liveHolds)].flatMap((id) => {
        const reservation = tables.reservations.get(id);
        if (reservation?.concertId !== concertId) return [];
        return reservationAt(reservation, now).status === 'HELD' ? [reservation] : [];
      });
      return {
        sellable: counted.flatMap(({ statuses }) => statuses).filter((status) => status === 'AVAILABLE')
          .length,
        dates: counted.map(({ reservationEndAt, statuses }) => ({
          unsold: statuses.filter((status) => status !== 'SOLD' && status !== 'BLOCKED').length,
          reservationEndAt,
        })),
        holders: holders.map(({ userId, sequence }) => ({ userId, sequence })),
        seatsReturned: [...rowsOf(tables.refunds)]
          .filter((refund) => refund.concertId === concertId)
          .reduce((sum, { seatsReturned }) => sum + seatsReturned, 0),
      };
    },
  };
}
