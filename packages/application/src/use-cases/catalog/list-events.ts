import { type ConcertEvent, eventIn, isOnSale } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { Catalog } from '../../ports/catalog/catalog.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListEventsQuery = {
  readonly concertId: ConcertId;
  readonly bookable: boolean;
  readonly page: PageRequest;
};
export type ListEvents = (query: ListEventsQuery) => Promise<Result<Page<ConcertEvent>, NotFound>>;

/** How many cached pages one request reads at most, to fill its page with bookable events. */
const PAGES_MAX = 10;
const MINUTE_MS = 60_000;

/** Caches the events that sell at any moment of the present minute. Each answer keeps those that are bookable now. */
export function createListEvents({ catalog, clock }: Pick<Ports, 'catalog' | 'clock'>): ListEvents {
  return async ({ concertId, bookable, page }) => {
    const concert = await catalog.findConcert(concertId);
    if (concert?.visibility !== 'PUBLISHED') return refuse(notFound('concert'));
    const listed = await (bookable
      ? listBookable(catalog, concertId, page, clock.now())
      : catalog.listEvents(concertId, page, null));
    // Otherwise the cached object itself, whose JSON is serialised once for many answers.
    if (concert.sales.state === 'RUNNING') return ok(listed);
    return ok({ ...listed, items: listed.items.map((event) => eventIn(concert, event)) });
  };
}

async function listBookable(
  catalog: Catalog,
  concertId: ConcertId,
  { limit, cursor }: PageRequest,
  now: Instant,
): Promise<Page<ConcertEvent>> {
  const from = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const selling = { from, until: from + MINUTE_MS };
  const items: ConcertEvent[] = [];
  let nextCursor = cursor;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const request = { limit: limit - items.length, cursor: nextCursor };
    const page = await catalog.listEvents(concertId, request, selling);
    const found = page.items.filter((event) => isOnSale(event, now));
    // Returns the cached object itself, whose JSON is serialised once for many answers.
    if (pages === 0 && found.length === page.items.length) return page;
    items.push(...found);
    ({ nextCursor } = page);
    if (nextCursor === null || items.length === limit) break;
  }
  return { items, nextCursor };
}
