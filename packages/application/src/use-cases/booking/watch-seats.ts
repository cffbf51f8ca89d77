import { mayBook } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import {
  type EventNotBookable,
  type NotFound,
  type QueueTokenNotActive,
  notFound,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type ActiveToken, type Ticket, mayEnter } from '@frontrow/domain/waiting-room/queue-token.ts';
import { type SeatsQuery, type TicketRefusal, enterEvent } from '../../booking/fresh-seats.ts';
import type { SeatStates } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';
import { type MaybePromise, andThen } from '../../shared/maybe-promise.ts';

/** What a process asks to show the seats of a date to many fans for a while. */
export type WatchSeats = {
  /** Whether the ticket may see the seats. Claims an offered slot. */
  enter(query: SeatsQuery): Promise<Result<unknown, TicketRefusal>>;
  /** Whether the session goes on, at most 250 ms ago. Throws `Unavailable` while the room cannot be reached. */
  checkSession(ticket: Ticket): MaybePromise<Result<ActiveToken, QueueTokenNotActive>>;
  /** The present states, for everybody who watches them. */
  read(eventId: EventId): Promise<Result<SeatStates, NotFound | EventNotBookable>>;
};

export function createWatchSeats(ports: Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>): WatchSeats {
  const { waitingRoom, seatReads } = ports;
  return {
    enter: (query) => enterEvent(ports, query),
    checkSession: (ticket) =>
      andThen(
        waitingRoom.freshStatus(ticket),
        (status): MaybePromise<Result<ActiveToken, QueueTokenNotActive>> =>
          status === null
            ? waitingRoom.checkIn(ticket).then(({ token }) => mayEnter(token))
            : mayEnter(status.token),
      ),
    async read(eventId) {
      const states = await seatReads.readStates(eventId, []);
      if (states === null) return refuse(notFound('event'));
      const bookable = mayBook(states.event, states.asOf);
      return bookable.ok ? ok(states) : bookable;
    },
  };
}
