import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { EventNotBookable } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type SeatsQuery, type TicketRefusal, createFreshSeats } from '../../booking/fresh-seats.ts';
import type { Ports } from '../../ports/ports.ts';

/** One object for all requests that a read answers, so that its JSON is written once. */
export type SeatMap = {
  readonly eventId: EventId;
  readonly sales: Sales;
  readonly seats: readonly Seat[];
};
export type ListSeats = (query: SeatsQuery) => Promise<Result<SeatMap, TicketRefusal | EventNotBookable>>;

/** Every answer is from a read that began after its request. */
export function createListSeats(ports: Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>): ListSeats {
  const read = createFreshSeats(ports, async (eventId, tickets) => {
    const { seats, sales, ended, asOf } = await ports.seatReads.list(eventId, tickets);
    return asOf === null ? null : { asOf, ended, seatMap: { eventId, sales, seats } };
  });
  return async (query) => {
    const found = await read(query);
    return found.ok ? ok(found.value.seatMap) : found;
  };
}
