import { type Concert, type ConcertEvent, eventIn, isOnSale } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { CountAvailable } from '../../catalog/count-available.ts';
import {
  type ListPosition,
  minuteAfter,
  minuteOf,
  readPosition,
  sellingAt,
  writePosition,
} from '../../catalog/list-position.ts';
import type { SeatCount } from '../../ports/booking/seats.ts';
import { ALL_EVENTS, type Catalog, type EventSelection } from '../../ports/catalog/catalog.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';
import { Unavailable } from '../../ports/shared/unavailable.ts';

export type ListEventsQuery = {
  readonly concertId: ConcertId;
  /** Only dates that are on sale now. */
  readonly bookable: boolean;
  /** Only dates that start at this moment or later; any where it is null. */
  readonly from?: Instant | null;
  /** Only dates that start before this moment; any where it is null. */
  readonly to?: Instant | null;
  readonly page: PageRequest;
};
/** `available` is null while the seats cannot be counted. */
export type ListedEvent = ConcertEvent & { readonly available: SeatCount | null };
export type ListEvents = (query: ListEventsQuery) => Promise<Result<Page<ListedEvent>, NotFound>>;

/** How many cached pages one request reads at most, to fill its page. */
const PAGES_MAX = 10;
const EMPTY: Page<never> = { items: [], nextCursor: null };

type ListEventsPorts = Pick<Ports, 'catalog' | 'clock'> & { readonly countAvailable: CountAvailable };

/** Lists upcoming dates, earliest first, and then those that have begun, latest first. The clock filters cached pages. */
export function createListEvents({ catalog, clock, countAvailable }: ListEventsPorts): ListEvents {
  const withCounts = createWithCounts(countAvailable);
  return async (query) => {
    const concert = await catalog.findConcert(query.concertId);
    if (concert?.visibility !== 'PUBLISHED') return refuse(notFound('concert'));
    const now = clock.now();
    const position = readPosition(query.page.cursor, now);
    if (position === null) return ok(EMPTY);
    return ok(await withCounts(concert, await findEvents(catalog, query, position, now)));
  };
}

async function findEvents(
  catalog: Catalog,
  query: ListEventsQuery,
  position: ListPosition,
  now: Instant,
): Promise<Page<ConcertEvent>> {
  const { limit } = query.page;
  const { divide } = position;
  const items: ConcertEvent[] = [];
  let { part, cursor } = position;
  for (let pages = 0; pages < PAGES_MAX && items.length < limit; pages += 1) {
    const { selection, isWanted, isBeyond } = partOf(part, divide, query, now);
    const request = { limit: limit - items.length, cursor };
    const page = await catalog.listEvents(query.concertId, request, selection);
    items.push(...page.items.filter(isWanted));
    cursor = page.nextCursor;
    const last = page.items.at(-1);
    if (cursor !== null && last !== undefined && !isBeyond(last)) continue;
    // No date that has begun is bookable.
    if (part === 'REST' || query.bookable) return { items, nextCursor: null };
    [part, cursor] = ['REST', null];
  }
  return { items, nextCursor: writePosition({ part, divide, cursor }) };
}

/** Reads from whole minutes, so that requests for nearly the same range share the cached pages. */
function partOf(part: ListPosition['part'], divide: Instant, query: ListEventsQuery, now: Instant) {
  const { bookable } = query;
  const from = query.from ?? -Infinity;
  const to = query.to ?? Infinity;
  const isInRange = ({ startsAt }: ConcertEvent) => from <= startsAt && startsAt < to;
  if (part === 'REST') {
    const startsBefore = Math.min(divide, minuteAfter(to));
    return {
      selection: { ...ALL_EVENTS, order: 'LATEST_FIRST', startsBefore } satisfies EventSelection,
      isWanted: isInRange,
      isBeyond: ({ startsAt }: ConcertEvent) => startsAt < from,
    };
  }
  return {
    selection: {
      ...ALL_EVENTS,
      startsFrom: Math.max(divide, minuteOf(from)),
      selling: bookable ? sellingAt(now) : null,
    } satisfies EventSelection,
    isWanted: (event: ConcertEvent) => isInRange(event) && (!bookable || isOnSale(event, now)),
    isBeyond: ({ startsAt }: ConcertEvent) => startsAt >= to,
  };
}

type Answer = {
  readonly concert: Concert;
  readonly events: Page<ConcertEvent>;
  readonly listed: Page<ListedEvent>;
};

/** Answers that list the same cached dates with the same counts are one object, whose JSON is serialised once. */
function createWithCounts(countAvailable: CountAvailable) {
  const answers = new WeakMap<ConcertEvent, Answer>();

  return async (concert: Concert, events: Page<ConcertEvent>): Promise<Page<ListedEvent>> => {
    const [first] = events.items;
    if (first === undefined) return { items: [], nextCursor: events.nextCursor };
    const counts = await countOrNone(events.items.map(({ id }) => id));
    const known = answers.get(first);
    if (known?.concert === concert && hasSame(known, events, counts)) return known.listed;
    const items = events.items.map((event, index) => ({
      ...eventIn(concert, event),
      available: counts[index] ?? null,
    }));
    const listed = { items, nextCursor: events.nextCursor };
    answers.set(first, { concert, events, listed });
    return listed;
  };

  /** The list of the dates does not need the database, which counts the seats. */
  async function countOrNone(ids: readonly EventId[]): ReturnType<CountAvailable> {
    try {
      return await countAvailable(ids);
    } catch (error) {
      if (error instanceof Unavailable) return [];
      throw error;
    }
  }
}

function hasSame(
  { events: before, listed }: Answer,
  events: Page<ConcertEvent>,
  counts: readonly (SeatCount | undefined)[],
): boolean {
  return (
    before.nextCursor === events.nextCursor &&
    before.items.length === events.items.length &&
    events.items.every(
      (event, index) =>
        before.items[index] === event && listed.items[index]!.available === (counts[index] ?? null),
    )
  );
}
