import type { EventNotBookable } from '@frontrow/domain/shared/refusals.ts';
import type { Result } from '@frontrow/domain/shared/result.ts';
import { type SeatsQuery, type TicketRefusal, createFreshSeats } from '../../booking/fresh-seats.ts';
import type { SeatStates } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';

/** Answers one object to all requests that a read answers, so that its JSON is written once. */
export type ListSeatStates = (
  query: SeatsQuery,
) => Promise<Result<SeatStates, TicketRefusal | EventNotBookable>>;

/** Every answer is from a read that began after its request. */
export function createListSeatStates(
  ports: Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>,
): ListSeatStates {
  return createFreshSeats(ports, (eventId, tickets) => ports.seatReads.readStates(eventId, tickets));
}
