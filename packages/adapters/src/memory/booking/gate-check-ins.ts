import type { GateCheckInReads, GateCheckIns } from '@frontrow/application/ports/booking/gate-check-ins.ts';
import { reservationAt } from '@frontrow/domain/booking/reservation.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf, rowsOf } from '../store/table.ts';

export function createMemoryGateCheckInReads({ tables, clock }: MemoryView): GateCheckInReads {
  return {
    async list(reservationId) {
      const own = [...rowsOf(tables.gateCheckIns)].filter(
        (checkIn) => checkIn.reservationId === reservationId,
      );
      return own.toSorted((a, b) => a.seatNumber - b.seatNumber);
    },
    async count(eventId) {
      if (tables.events.get(eventId) === undefined) return null;
      const sold = [...rowsOf(tables.seats)].filter(
        (seat) => seat.eventId === eventId && seat.status === 'SOLD',
      );
      const checkedIn = sold.filter(
        (seat) => 'reservationId' in seat && tables.gateCheckIns.get(keyOf(seat.reservationId, seat.number)),
      );
      return { ticketCount: sold.length, checkedInCount: checkedIn.length, asOf: clock.now() };
    },
  };
}

export function createMemoryGateCheckIns({ tables, clock }: MemoryView): GateCheckIns {
  return {
    async lock({ reservationId, seatNumber }) {
      const row = tables.reservations.get(reservationId);
      if (row === undefined) return null;
      const event = tables.events.get(row.eventId);
      invariant(event !== undefined, `the event of reservation ${reservationId} does not exist`);
      const asOf = clock.now();
      const checkIn = tables.gateCheckIns.get(keyOf(reservationId, seatNumber)) ?? null;
      return { reservation: reservationAt(row, asOf), sales: event.sales, checkIn, asOf };
    },
    async add(checkIn) {
      tables.gateCheckIns.insert(keyOf(checkIn.reservationId, checkIn.seatNumber), checkIn);
    },
  };
}
