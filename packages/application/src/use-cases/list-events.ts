import { type ConcertEvent, isBookable } from '@frontrow/domain/concert.ts';
import type { ConcertId } from '@frontrow/domain/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/rejections.ts';
import { type Result, ok, refuse } from '@frontrow/domain/result.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { Ports } from '../ports/ports.ts';

export type ListEventsQuery = {
  readonly concertId: ConcertId;
  readonly bookable: boolean;
  readonly page: PageRequest;
};
export type ListEvents = (query: ListEventsQuery) => Promise<Result<Page<ConcertEvent>, NotFound>>;

/** The cache holds every date; the clock decides with each answer which of them are bookable. */
export function createListEvents({ catalog, clock }: Pick<Ports, 'catalog' | 'clock'>): ListEvents {
  return async ({ concertId, bookable, page }) => {
    const concert = await catalog.findConcert(concertId);
    if (concert === null) return refuse(notFound('concert'));
    const now = clock.now();
    const events = (await catalog.listEvents(concertId)).filter(
      (event) => !bookable || isBookable(event, now),
    );
    return ok(slice(events, page));
  };
}

/** A cursor is `startsAt:id` of the last date shown, so that it still holds when that date is filtered away. */
function slice(events: readonly ConcertEvent[], { limit, cursor }: PageRequest): Page<ConcertEvent> {
  const separator = cursor === null ? -1 : cursor.indexOf(':');
  const startsAt = Number(cursor?.slice(0, separator));
  const id = cursor?.slice(separator + 1) ?? '';
  const rest =
    cursor === null
      ? events
      : events.filter((event) => event.startsAt > startsAt || (event.startsAt === startsAt && event.id > id));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rest.length > limit ? `${last.startsAt}:${last.id}` : null };
}
