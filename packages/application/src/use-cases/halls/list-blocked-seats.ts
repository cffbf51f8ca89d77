import type { BlockedSeatFacts } from '@frontrow/domain/halls/blocked-ranges.ts';
import type { SeatPlace } from '@frontrow/domain/halls/layout.ts';
import { placeOf } from '@frontrow/domain/halls/numbered-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type FindEventLayout, numberedSeatsOf } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

/** `place` is null for a date without a layout. */
export type ListedBlockedSeat = BlockedSeatFacts & { readonly place: SeatPlace | null };
/** By number. */
export type ListBlockedSeats = (
  eventId: EventId,
  page: PageRequest,
) => Promise<Result<Page<ListedBlockedSeat>, NotFound>>;

/** `catalog` reads the database. */
export function createListBlockedSeats(
  { catalog, blockedSeatReads }: Pick<Ports, 'catalog' | 'blockedSeatReads'>,
  findLayout: FindEventLayout,
): ListBlockedSeats {
  return async (eventId, page) => {
    const event = await catalog.findEvent(eventId);
    if (event === null) return refuse(notFound('event'));
    const { items, nextCursor } = await blockedSeatReads.list(eventId, page);
    if (event.layoutVersion === 0)
      return ok({ items: items.map((seat) => ({ ...seat, place: null })), nextCursor });
    const layout = await findLayout(event);
    invariant(layout !== null, `event ${eventId} has no layout ${event.layoutVersion}`);
    const seats = numberedSeatsOf(layout);
    return ok({ items: items.map((seat) => ({ ...seat, place: placeOf(seats, seat.number) })), nextCursor });
  };
}
