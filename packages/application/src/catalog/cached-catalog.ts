import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Cache } from '../ports/shared/cache.ts';
import type { Catalog, InstantRange } from '../ports/catalog/catalog.ts';
import type { PageRequest } from '../ports/shared/page.ts';

const CONCERTS = 'concerts';
const eventsOf = (concertId: ConcertId) => `events:${concertId}`;
const eventGroup = (id: EventId) => `event:${id}`;

const paged = ({ limit, cursor }: PageRequest) => `page:${limit}:${cursor ?? ''}`;
const spanned = (span: InstantRange | null) => (span === null ? 'all' : `${span.from}-${span.until}`);

/** The catalog behind the cache. An unknown id is remembered too, until a concert or a date is added. */
export function createCachedCatalog(catalog: Catalog, cache: Cache): Catalog {
  return {
    listConcerts: (page) =>
      cache.fetch({ group: CONCERTS, entry: paged(page) }, () => catalog.listConcerts(page)),
    findConcert: (id) => cache.fetch({ group: CONCERTS, entry: `one:${id}` }, () => catalog.findConcert(id)),
    listEvents: (concertId, page, selling) =>
      cache.fetch({ group: eventsOf(concertId), entry: `${spanned(selling)}:${paged(page)}` }, () =>
        catalog.listEvents(concertId, page, selling),
      ),
    findSalesEnd: (concertId) =>
      cache.fetch({ group: eventsOf(concertId), entry: 'sales-end' }, () => catalog.findSalesEnd(concertId)),
    findEvent: (id) => cache.fetch({ group: eventGroup(id), entry: 'one' }, () => catalog.findEvent(id)),
  };
}

/** Drops what the cached catalog remembers of the concert, its dates and the list that it stands in. */
export async function invalidateConcert(
  cache: Cache,
  concertId: ConcertId,
  eventId?: EventId,
): Promise<void> {
  await Promise.all([
    cache.invalidate(CONCERTS),
    cache.invalidate(eventsOf(concertId)),
    ...(eventId === undefined ? [] : [cache.invalidate(eventGroup(eventId))]),
  ]);
}
