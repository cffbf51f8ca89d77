import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Cache } from '../ports/shared/cache.ts';
import type { Catalog, ConcertDates, EventSelection } from '../ports/catalog/catalog.ts';
import type { PageRequest } from '../ports/shared/page.ts';

const CONCERTS = 'concerts';
const eventsOf = (concertId: ConcertId) => `events:${concertId}`;
const eventGroup = (id: EventId) => `event:${id}`;

const pageKey = ({ limit, cursor }: PageRequest) => `page:${limit}:${cursor ?? ''}`;
const datesKey = (dates: ConcertDates | undefined) =>
  dates?.kind === 'SELLING'
    ? `SELLING:${dates.range.from}-${dates.range.until}`
    : `${dates?.kind}:${dates?.from}`;
const selectionKey = ({ order, startsFrom, startsBefore, selling }: EventSelection) =>
  `${order}:${startsFrom}-${startsBefore}:${selling?.from}-${selling?.until}`;

/** Reads the catalog through the cache, which keeps an unknown id as absent until its group is invalidated. */
export function createCachedCatalog(catalog: Catalog, cache: Cache): Catalog {
  return {
    listConcerts: (page, visibility, dates) =>
      cache.fetch({ group: CONCERTS, entry: `${visibility}:${datesKey(dates)}:${pageKey(page)}` }, () =>
        catalog.listConcerts(page, visibility, dates),
      ),
    findConcert: (id) => cache.fetch({ group: CONCERTS, entry: `one:${id}` }, () => catalog.findConcert(id)),
    listEvents: (concertId, page, selection) =>
      cache.fetch({ group: eventsOf(concertId), entry: `${selectionKey(selection)}:${pageKey(page)}` }, () =>
        catalog.listEvents(concertId, page, selection),
      ),
    findJoinRules: (concertId) =>
      cache.fetch({ group: eventsOf(concertId), entry: 'join-rules' }, () =>
        catalog.findJoinRules(concertId),
      ),
    findEvent: (id) => cache.fetch({ group: eventGroup(id), entry: 'one' }, () => catalog.findEvent(id)),
  };
}

/** Invalidates the cached concert, its events and the lists that contain it. */
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
