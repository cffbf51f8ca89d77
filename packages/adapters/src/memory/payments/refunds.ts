import type { Refunds } from '@frontrow/application/ports/payments/refunds.ts';
import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';
import { lockReservations } from './payments.ts';

export function createMemoryRefunds({ tables, clock }: MemoryView): Refunds {
  return {
    async lock(ids) {
      return lockReservations({ tables, clock }, ids).flatMap((locked) => {
        const event = tables.events.get(locked.reservation.eventId);
        if (event === undefined) return [];
        const { id, seatNumbers } = locked.reservation;
        const checkedInSeats = seatNumbers.filter((number) => tables.gateCheckIns.get(keyOf(id, number)));
        return { ...locked, event, prices: pricesOf(tables, locked.reservation), checkedInSeats };
      });
    },
    async add(refunds) {
      for (const refund of refunds) {
        for (const number of refund.seatNumbers)
          tables.refundSeats.insert(keyOf(refund.reservationId, number), refund.id);
        tables.refunds.insert(refund.id, refund);
      }
    },
  };
}

function pricesOf({ seats }: Tables, { id, eventId, seatNumbers }: Reservation): ReadonlyMap<number, Money> {
  const prices = new Map<number, Money>();
  for (const number of seatNumbers) {
    const seat = seats.get(keyOf(eventId, number));
    if (seat?.status === 'SOLD' && seat.reservationId === id) prices.set(number, seat.price);
  }
  return prices;
}
