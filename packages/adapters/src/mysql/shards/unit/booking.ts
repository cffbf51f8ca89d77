import type { GateCheckIns } from '@frontrow/application/ports/booking/gate-check-ins.ts';
import type { Reservations } from '@frontrow/application/ports/booking/reservations.ts';
import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import { routed } from './routed.ts';
import type { Searched } from './searched.ts';
import type { Session } from './session.ts';

export function aimBooking(
  unit: UnitOfWork,
  { toConcert, toEvent, toId }: Session,
  searched: Searched,
): Pick<UnitOfWork, 'seats' | 'blockedSeats' | 'reservations' | 'gateCheckIns'> {
  return {
    seats: routed(unit.seats, {
      findHoldContext: toEvent,
      findUnavailable: toEvent,
      hold: (requests) => toEvent(requests[0]!.eventId),
      lock: ({ eventId }) => toEvent(eventId),
      sell: (claims) => toEvent(claims[0]!.eventId),
      returnToSale: (claims) => toEvent(claims[0]!.eventId),
      extend: (claims) => toEvent(claims[0]!.eventId),
      sumPrices: ({ eventId }) => toEvent(eventId),
      lockTaken: toEvent,
      release: ({ eventId }) => toEvent(eventId),
    }),
    blockedSeats: routed(unit.blockedSeats, { block: toEvent, release: toEvent }),
    reservations: {
      ...routed<Omit<Reservations, 'find' | 'lock'>>(unit.reservations, {
        findLiveHold: toConcert,
        addHeld: (held) => toConcert(held[0]!.concertId),
        addGiven: ({ concertId }) => toConcert(concertId),
        findHistories: (asked) => toConcert(asked[0]!.concertId),
        saveSeats: ({ concertId }) => toConcert(concertId),
        confirm: (reservations) => toConcert(reservations[0]!.concertId),
        saveRefunds: (reservations) => toConcert(reservations[0]!.concertId),
        save: ({ concertId }) => toConcert(concertId),
        recordChange: ({ reservationId }) => toId(reservationId),
      }),
      find: searched(
        (id) => id,
        'reservation',
        (id) => unit.reservations.find(id),
      ),
      lock: searched(
        (id) => id,
        'reservation',
        (id) => unit.reservations.lock(id),
      ),
    },
    gateCheckIns: {
      ...routed<Omit<GateCheckIns, 'lock'>>(unit.gateCheckIns, {
        add: ({ reservationId }) => toId(reservationId),
      }),
      lock: searched(
        ({ reservationId }) => reservationId,
        'reservation',
        (seat) => unit.gateCheckIns.lock(seat),
      ),
    },
  };
}
