import type { Concert, ConcertEvent, Visibility } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { ALL_EVENTS } from '../../ports/catalog/catalog.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';

/** What organisers read, from the database and whether public or not. */
export type ReadCatalog = {
  concerts(page: PageRequest, visibility: Visibility | null): Promise<Page<Concert>>;
  concert(id: ConcertId): Promise<Result<Concert, NotFound>>;
  events(concertId: ConcertId, page: PageRequest): Promise<Result<Page<ConcertEvent>, NotFound>>;
  event(id: EventId): Promise<Result<ConcertEvent, NotFound>>;
};

/** `catalog` reads the database, not a cache: an edit needs the newest version. */
export function createReadCatalog({ catalog }: Pick<Ports, 'catalog'>): ReadCatalog {
  async function findConcert(id: ConcertId): Promise<Result<Concert, NotFound>> {
    const concert = await catalog.findConcert(id);
    return concert === null ? refuse(notFound('concert')) : ok(concert);
  }
  return {
    concerts: (page, visibility) => catalog.listConcerts(page, visibility),
    concert: findConcert,
    async events(concertId, page) {
      const found = await findConcert(concertId);
      return found.ok ? ok(await catalog.listEvents(concertId, page, ALL_EVENTS)) : found;
    },
    async event(id) {
      const event = await catalog.findEvent(id);
      return event === null ? refuse(notFound('event')) : ok(event);
    },
  };
}
