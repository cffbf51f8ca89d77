import { ALL_EVENTS } from '@frontrow/application/ports/catalog/catalog.ts';
import type {
  Catalog,
  ConcertDates,
  EventSelection,
  PolicyReads,
} from '@frontrow/application/ports/catalog/catalog.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { salesEndOf } from '@frontrow/domain/waiting-room/admission.ts';
import type { MemoryView } from '../store/database.ts';
import { paginateById } from '../store/paginate-by-id.ts';
import { rowsOf } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';

export function createMemoryCatalog({ tables }: Pick<MemoryView, 'tables'>): Catalog {
  return {
    async listConcerts(page, visibility, dates) {
      const concerts = [...rowsOf(tables.concerts)]
        .map(({ concert }) => concert)
        .filter((concert) => visibility === null || concert.visibility === visibility)
        .filter(({ id }) => dates === undefined || hasDates(eventsOf(tables, id), dates));
      return paginateById(concerts, page, 'OLDEST_FIRST');
    },
    findConcert: async (id) => tables.concerts.get(id)?.concert ?? null,
    async listEvents(concertId, { limit, cursor }, selection) {
      const last = cursor === null ? null : tables.events.get(cursor);
      const compare = selection.order === 'EARLIEST_FIRST' ? byStart : byStartDescending;
      const rest = eventsOf(tables, concertId)
        .toSorted(compare)
        .filter((event) => isSelected(event, selection))
        .filter((event) => last === null || (last !== undefined && compare(last, event) < 0));
      const items = rest.slice(0, limit);
      return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    async findJoinRules(concertId) {
      const row = tables.concerts.get(concertId);
      if (row?.concert.visibility !== 'PUBLISHED') return null;
      const ends = eventsOf(tables, concertId).map(({ id, reservationEndAt }) =>
        salesEndOf(reservationEndAt, tables.cancellations.get(id)?.cancelledAt ?? null),
      );
      const salesEndAt = ends.length === 0 ? null : Math.max(...ends);
      return { salesEndAt, presale: row.policy.presale };
    },
    findEvent: async (id) => tables.events.get(id) ?? null,
  };
}

export function createMemoryPolicyReads({ tables }: Pick<MemoryView, 'tables'>): PolicyReads {
  return { find: async (id) => tables.concerts.get(id)?.policy ?? null };
}

/** Every event of the concert, by `startsAt`. */
export function eventsOf(tables: Tables, concertId: ConcertId): readonly ConcertEvent[] {
  return [...rowsOf(tables.events)].filter((event) => event.concertId === concertId).toSorted(byStart);
}

function byStart(a: ConcertEvent, b: ConcertEvent): number {
  if (a.startsAt !== b.startsAt) return a.startsAt - b.startsAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function hasDates(events: readonly ConcertEvent[], dates: ConcertDates): boolean {
  const selection =
    dates.kind === 'SELLING'
      ? { ...ALL_EVENTS, selling: dates.range }
      : { ...ALL_EVENTS, startsFrom: dates.from };
  const isFound = events.some(
    ({ sales, ...event }) => sales.state !== 'CANCELLED' && isSelected(event, selection),
  );
  return isFound !== (dates.kind === 'NONE_UPCOMING');
}

const byStartDescending = (a: ConcertEvent, b: ConcertEvent) => byStart(b, a);

function isSelected(
  {
    startsAt,
    reservationStartAt,
    reservationEndAt,
  }: Pick<ConcertEvent, 'startsAt' | 'reservationStartAt' | 'reservationEndAt'>,
  { startsFrom, startsBefore, selling }: EventSelection,
): boolean {
  if (startsFrom !== null && startsAt < startsFrom) return false;
  if (startsBefore !== null && startsAt >= startsBefore) return false;
  return selling === null || (reservationStartAt < selling.until && reservationEndAt > selling.from);
}
