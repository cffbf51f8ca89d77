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

export type ListSeatsQuery = { readonly eventId: EventId; readonly ticket: Ticket };
export type SeatMap = { readonly eventId: EventId; readonly seats: readonly Seat[] };
export type ListSeats = (
  query: ListSeatsQuery,
) => Promise<Result<SeatMap, NotFound | QueueTokenInvalid | QueueTokenNotActive>>;

type ListSeatsPorts = Pick<Ports, 'catalog' | 'waitingRoom' | 'queueEndReads' | 'seatReads'>;

export function createListSeats({
  catalog,
  waitingRoom,
  queueEndReads,
  seatReads,
}: ListSeatsPorts): ListSeats {
  return async ({ eventId, ticket }) => {
    const event = await catalog.findEvent(eventId);
    if (event === null) return refuse(notFound('event'));
    if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
    const active = mayEnter((await waitingRoom.look(ticket)).token);
    if (!active.ok) return active;
    const [ended, seats] = await Promise.all([queueEndReads.find(ticket), seatReads.list(eventId)]);
    if (ended !== null) return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: ended });
    return ok({ eventId, seats });
  };
}
