import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type Ticket, mayEnter } from '@frontrow/domain/waiting-room/queue-token.ts';
import {
  type NotFound,
  type QueueTokenInvalid,
  type QueueTokenNotActive,
  notFound,
} from '@frontrow/domain/shared/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Seat } from '@frontrow/domain/booking/seat.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PlaceStatus } from '../../ports/waiting-room/waiting-room.ts';
import { COALESCING_GAP_MS, createCoalescedReads } from '../../shared/coalesced-reads.ts';
import { type MaybePromise, andThen } from '../../shared/maybe-promise.ts';

export type ListSeatsQuery = { readonly eventId: EventId; readonly ticket: Ticket };
/** The same object for everyone who shares a read. */
export type SeatMap = { readonly eventId: EventId; readonly seats: readonly Seat[] };
type Listed = Result<SeatMap, NotFound | QueueTokenInvalid | QueueTokenNotActive>;
export type ListSeats = (query: ListSeatsQuery) => MaybePromise<Listed>;

type ListSeatsPorts = Pick<Ports, 'catalog' | 'waitingRoom' | 'seatReads'>;

/** Every answer rests on a read that began after its request arrived, however many share it. */
export function createListSeats({ catalog, waitingRoom, seatReads }: ListSeatsPorts): ListSeats {
  // With the ends of the sharers' places: whoever has paid, left or been removed sees no seat from that commit on.
  const read = createCoalescedReads(
    async (eventId: EventId, tickets: readonly Ticket[]) => {
      const { seats, ended } = await seatReads.list(eventId, tickets);
      return { ended, seatMap: { eventId, seats } };
    },
    { gapMs: COALESCING_GAP_MS },
  );

  async function listFresh(eventId: EventId, ticket: Ticket): Promise<Listed> {
    const { ended, seatMap } = await read(eventId, ticket);
    // All who share a read hold tickets of the one concert.
    const end = ended.find(
      ({ userId, sequence }) => sequence === ticket.sequence && userId === ticket.userId,
    );
    return end === undefined ? ok(seatMap) : refuse({ code: 'QUEUE_TOKEN_NOT_ACTIVE', status: end.reason });
  }

  return ({ eventId, ticket }) =>
    andThen(catalog.findEvent(eventId), (event): MaybePromise<Listed> => {
      if (event === null) return refuse(notFound('event'));
      if (ticket.concertId !== event.concertId) return refuse({ code: 'QUEUE_TOKEN_INVALID' });
      const status = andThen(
        waitingRoom.freshStatus(ticket),
        (fresh): MaybePromise<PlaceStatus> => fresh ?? waitingRoom.checkIn(ticket),
      );
      return andThen(status, ({ token }): MaybePromise<Listed> => {
        const active = mayEnter(token);
        return active.ok ? listFresh(eventId, ticket) : active;
      });
    });
}
