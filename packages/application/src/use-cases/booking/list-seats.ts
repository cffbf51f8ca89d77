import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type Ticket, mayEnter } from '@frontrow/domain/waiting-room/queue-token.ts';
import { mayBook } from '@frontrow/domain/catalog/concert.ts';
import {
  type EventNotBookable,
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Sales } from '@frontrow/domain/catalog/sales.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { Ports } from '../../ports/ports.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '../../shared/coalesced-reads.ts';

export type ListSeatsQuery = { readonly eventId: EventId; readonly ticket: Ticket };
/** One object for all requests that a read answers, so that its JSON is written once. */
export type SeatMap = {
  readonly eventId: EventId;
  readonly sales: Sales;
  readonly seats: readonly Seat[];
};
type ListedSeats = Result<SeatMap, NotFound | QueueTokenInvalid | QueueTokenNotActive | EventNotBookable>;
export type ListSeats = (query: ListSeatsQuery) => Promise<ListedSeats>;

type ListSeatsPorts = Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>;

/** Coalesces the reads of an event: one read answers many requests, and begins after each of them arrived. */
export function createListSeats({ catalog, waitingRoom, seatReads }: ListSeatsPorts): ListSeats {
  // Reads the ended places as well: after the commit that ends a place, its fan sees no seats.
  const read = createCoalescedReads(
    async (eventId: EventId, tickets: readonly Ticket[]) => {
      const { seats, sales, ended, asOf } = await seatReads.list(eventId, tickets);
      return { ended, asOf, seatMap: { eventId, sales, seats } };
    },
    { gapMs: COALESCING_GAP_MS },
  );

  return async ({ eventId, ticket }) => {
    const event = await catalog.findEvent(eventId);
    if (event === null) return refuse(notFound('event'));
    if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
    const { token } = (await waitingRoom.freshStatus(ticket)) ?? (await waitingRoom.checkIn(ticket));
    const active = mayEnter(token);
    if (!active.ok) return active;
    const { ended, asOf, seatMap } = await read(eventId, ticket);
    if (asOf === null) return refuse(notFound('event'));

    // All tickets of one read are of the same concert.
    const end = ended.find(
      ({ userId, sequence }) => sequence === ticket.sequence && userId === ticket.userId,
    );
    if (end !== undefined) return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: end.reason });
    const bookable = mayBook(event, asOf);
    return bookable.ok ? ok(seatMap) : bookable;
  };
}
