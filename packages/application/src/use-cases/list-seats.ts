import type { EventId } from '@frontrow/domain/ids.ts';
import { type Ticket, mayEnter } from '@frontrow/domain/queue-token.ts';
import {
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  notFound,
} from '@frontrow/domain/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/result.ts';
import type { Seat } from '@frontrow/domain/seat.ts';
import type { Ports } from '../ports/ports.ts';
import { createSharedReads } from '../shared-reads.ts';

export type ListSeatsQuery = { readonly eventId: EventId; readonly ticket: Ticket };
/** The same object for everyone who shares a read. */
export type SeatMap = { readonly eventId: EventId; readonly seats: readonly Seat[] };
export type ListSeats = (
  query: ListSeatsQuery,
) => Promise<Result<SeatMap, NotFound | QueueTokenInvalid | QueueTokenNotActive>>;

type ListSeatsPorts = Pick<Ports, 'catalog' | 'waitingRoom' | 'queueEndReads' | 'seatReads'>;

/** Every answer rests on a read that began after its request arrived, however many share it. */
export function createListSeats({
  catalog,
  waitingRoom,
  queueEndReads,
  seatReads,
}: ListSeatsPorts): ListSeats {
  // With the ends of the sharers' places: whoever has paid, left or been removed sees no seat from that commit on.
  const read = createSharedReads(async (eventId: EventId, tickets: readonly Ticket[]) => {
    const [ended, seats] = await Promise.all([queueEndReads.findEnded(tickets), seatReads.list(eventId)]);
    return { ended, seatMap: { eventId, seats } };
  });

  return async ({ eventId, ticket }) => {
    const event = await catalog.findEvent(eventId);
    if (event === null) return refuse(notFound('event'));
    if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
    const active = mayEnter((await waitingRoom.peek(ticket)).token);
    if (!active.ok) return active;
    const { ended, seatMap } = await read(eventId, ticket);
    // All who share a read hold tickets of the one concert.
    const end = ended.find(
      ({ userId, sequence }) => sequence === ticket.sequence && userId === ticket.userId,
    );
    return end === undefined ? ok(seatMap) : refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: end.reason });
  };
}
