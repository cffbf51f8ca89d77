import { hasWords, wordsOf } from '@frontrow/domain/catalog/concert-search.ts';
import type { Concert } from '@frontrow/domain/catalog/concert.ts';
import type { Instant } from '@frontrow/domain/shared/instant.ts';
import { type ListPosition, readPosition, sellingAt, writePosition } from '../../catalog/list-position.ts';
import type { ConcertDates } from '../../ports/catalog/catalog.ts';
import type { Page, PageRequest } from '../../ports/shared/page.ts';
import type { Ports } from '../../ports/ports.ts';

export type ListConcertsQuery = PageRequest & {
  /** Only concerts with each of its words in the title or the artist. */
  readonly q?: string | null;
  /** Only concerts with a date that is on sale in the present minute. */
  readonly bookable?: boolean;
};
export type ListConcerts = (query: ListConcertsQuery) => Promise<Page<Concert>>;

/** Every answer is made of the same cached chunks, so that no filter has cache entries or reads of its own. */
const CHUNK = 100;
/** How many chunks one request reads at most, to fill its page. */
const CHUNKS_MAX = 10;

/** Where a page begins: after the concert `after` of the chunk that begins at the cursor `chunk`. */
type ChunkPosition = Omit<ListPosition, 'cursor'> & { readonly chunk: string | null; readonly after: string };

/** Lists the public concerts with an upcoming date, oldest first, and then the others. */
export function createListConcerts({ catalog, clock }: Pick<Ports, 'catalog' | 'clock'>): ListConcerts {
  const share = createSharedPages();
  return async ({ limit, cursor, q = null, bookable = false }) => {
    const now = clock.now();
    const first = readPosition(cursor, now);
    if (first === null) return { items: [], nextCursor: null };
    const words = q === null ? [] : wordsOf(q);
    const items: Concert[] = [];
    let position = toChunkPosition(first);
    for (let chunks = 0; chunks < CHUNKS_MAX; chunks += 1) {
      const { part, chunk, after } = position;
      const dates = datesOf(position, bookable, now);
      const page = await catalog.listConcerts({ limit: CHUNK, cursor: chunk }, 'PUBLISHED', dates);
      const found = page.items.filter((concert) => concert.id > after && hasWords(concert, words));
      const added = found.slice(0, limit - items.length);
      items.push(...added);
      if (added.length < found.length) {
        const last = added.at(-1)?.id ?? after;
        return share({ items, nextCursor: writeChunkPosition({ ...position, after: last }) });
      }
      if (page.nextCursor !== null) position = { ...position, chunk: page.nextCursor, after: '' };
      else if (part === 'REST' || bookable) return share({ items, nextCursor: null });
      else position = { ...position, part: 'REST', chunk: null, after: '' };
    }
    return share({ items, nextCursor: writeChunkPosition(position) });
  };
}

function datesOf({ part, divide }: ChunkPosition, bookable: boolean, now: Instant): ConcertDates {
  if (bookable) return { kind: 'SELLING', range: sellingAt(now) };
  return { kind: part === 'UPCOMING' ? 'UPCOMING' : 'NONE_UPCOMING', from: divide };
}

function toChunkPosition({ part, divide, cursor }: ListPosition): ChunkPosition {
  const [chunk = '', after = ''] = cursor?.split('~') ?? [];
  return { part, divide, chunk: chunk || null, after };
}

function writeChunkPosition({ part, divide, chunk, after }: ChunkPosition): string {
  return writePosition({ part, divide, cursor: `${chunk ?? ''}~${after}` });
}

/** Answers with the same cached concerts are one object, whose JSON is serialised once. */
function createSharedPages() {
  const pages = new WeakMap<Concert, Page<Concert>>();
  return (page: Page<Concert>): Page<Concert> => {
    const [first] = page.items;
    if (first === undefined) return page;
    const known = pages.get(first);
    const isSame =
      known?.nextCursor === page.nextCursor &&
      known.items.length === page.items.length &&
      page.items.every((concert, index) => known.items[index] === concert);
    if (isSame) return known;
    pages.set(first, page);
    return page;
  };
}
