import type { Catalog, PolicyReads } from '@frontrow/application/ports/catalog.ts';
import type { ConcertEvent } from '@frontrow/domain/concert.ts';
import type { ConcertId } from '@frontrow/domain/ids.ts';
import type { MemoryView } from './database.ts';
import { pageById } from './page.ts';
import { rowsOf } from './table.ts';
import type { Tables } from './tables.ts';

export function createMemoryCatalog({ tables }: Pick<MemoryView, 'tables'>): Catalog {
  return {
    async listConcerts(page) {
      const concerts = [...rowsOf(tables.concerts)].map(({ concert }) => concert);
      return pageById(concerts, page, 'OLDEST_FIRST');
    },
    findConcert: async (id) => tables.concerts.get(id)?.concert ?? null,
    listEvents: async (concertId) => eventsOf(tables, concertId),
    findEvent: async (id) => tables.events.get(id) ?? null,
  };
}

export function createMemoryPolicyReads({ tables }: Pick<MemoryView, 'tables'>): PolicyReads {
  return { find: async (id) => tables.concerts.get(id)?.policy ?? null };
}

/** Every date of the concert, by `startsAt`. */
export function eventsOf(tables: Tables, concertId: ConcertId): readonly ConcertEvent[] {
  return [...rowsOf(tables.events)]
    .filter((event) => event.concertId === concertId)
    .toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
}
