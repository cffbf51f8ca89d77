import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { holdOne } from '../shared/contract-builders.ts';
import { write } from '../shared/contract-support.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { SeatClaim } from '../../src/ports/booking/seats.ts';

export type SeatPorts = Pick<Ports, 'transact' | 'seatReads' | 'ids'>;

export const LONG_MS = 5 * 60_000;

/** Operations on seats, each in a transaction of its own. */
export function driveSeats(ports: () => SeatPorts) {
  return {
    list: async (eventId: EventId) => (await ports().seatReads.list(eventId, [])).seats,
    findUnavailable: (eventId: EventId) =>
      write(ports(), async ({ seats }) => (await seats.findUnavailable(eventId)).toSorted((a, b) => a - b)),
    /** A claim of a new reservation. */
    claim: (eventId: EventId, ...seatNumbers: number[]): SeatClaim => ({
      eventId,
      seatNumbers,
      reservationId: ports().ids.next(),
    }),
    hold: (request: SeatClaim, ttlMs = LONG_MS) =>
      ports().transact((unit) => holdOne(unit, { ...request, ttlMs }), 'STAFF'),
    sell: (own: SeatClaim) => write(ports(), ({ seats }) => seats.sell([own])),
    returnToSale: (own: SeatClaim) => write(ports(), ({ seats }) => seats.returnToSale([own])),
    release: (own: SeatClaim) => write(ports(), ({ seats }) => seats.release(own)),
    sumPrices: (own: SeatClaim) => write(ports(), ({ seats }) => seats.sumPrices(own)),
    extend: (own: SeatClaim, until: number) => write(ports(), ({ seats }) => seats.extend([own], until)),
  };
}
