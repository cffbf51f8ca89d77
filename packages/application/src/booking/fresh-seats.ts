import { mayBook, type ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import {
  type EventNotBookable,
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type Ticket, mayEnter } from '@frontrow/domain/waiting-room/queue-token.ts';
import type { Ports } from '../ports/ports.ts';
import type { QueueEnd } from '../ports/waiting-room/queue-ends.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '../shared/coalesced-reads.ts';

export type SeatsQuery = { readonly eventId: EventId; readonly ticket: Ticket };
export type TicketRefusal = NotFound | QueueTokenInvalid | QueueTokenNotActive;

/** A read of an event's seats, and which of the places that asked have ended. */
type SeatsRead = { readonly asOf: Instant; readonly ended: readonly QueueEnd[] };

/**
 * Answers fans with the seats of an event. Coalesces the reads: one read answers many requests, and begins after each of
 * them arrived. `read` also reads the ended places: after the commit that ends a place, its fan sees no seats.
 */
export function createFreshSeats<Read extends SeatsRead>(
  ports: Pick<Ports, 'catalog' | 'waitingRoom'>,
  read: (eventId: EventId, tickets: readonly Ticket[]) => Promise<Read | null>,
): (query: SeatsQuery) => Promise<Result<Read, TicketRefusal | EventNotBookable>> {
  const coalesced = createCoalescedReads(read, { gapMs: COALESCING_GAP_MS });
  return async (query) => {
    const entered = await enterEvent(ports, query);
    if (!entered.ok) return entered;
    const { eventId, ticket } = query;
    const found = await coalesced(eventId, ticket);
    if (found === null) return refuse(notFound('event'));
    // All tickets of one read are of the same concert.
    const end = found.ended.find(
      ({ userId, sequence }) => sequence === ticket.sequence && userId === ticket.userId,
    );
    if (end !== undefined) return refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: end.reason });
    const bookable = mayBook(entered.value, found.asOf);
    return bookable.ok ? ok(found) : bookable;
  };
}

/** Requires a public event, and a ticket of its concert that is ACTIVE. Claims an offered slot. */
export async function enterEvent(
  { catalog, waitingRoom }: Pick<Ports, 'catalog' | 'waitingRoom'>,
  { eventId, ticket }: SeatsQuery,
): Promise<Result<ConcertEvent, TicketRefusal>> {
  const event = await catalog.findEvent(eventId);
  if (event === null) return refuse(notFound('event'));
  if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
  const { token } = (await waitingRoom.freshStatus(ticket)) ?? (await waitingRoom.checkIn(ticket));
  const active = mayEnter(token);
  return active.ok ? ok(event) : active;
}
