import type { Concerts } from '@frontrow/application/ports/catalog/catalog.ts';
import { reprice } from '@frontrow/domain/booking/seat.ts';
import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { NewSeat } from '@frontrow/domain/halls/new-seats.ts';
import type { ConcertId, EventId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf, rowsOf } from '../store/table.ts';
import { eventsOf } from './catalog.ts';
import type { ConcertRow, Tables } from '../store/tables.ts';

export function createMemoryConcerts({ tables }: Pick<MemoryView, 'tables'>): Concerts {
  return {
    async add(concert, policy) {
      tables.concerts.insert(concert.id, { concert, policy, version: 1 });
    },
    async addEvent(event, seats) {
      tables.events.insert(event.id, event);
      arrangeSeats(tables, event.id, seats);
      change(tables, event.concertId, (row) => row);
    },
    arrangeSeats: async (eventId, seats) => arrangeSeats(tables, eventId, seats),
    async repriceSeats({ id, price }) {
      for (const [key, seat] of tables.seats.entries())
        if (seat.eventId === id) tables.seats.put(key, reprice(seat, price));
    },
    hasEventAt: async ({ concertId, venue, startsAt }) =>
      eventsOf(tables, concertId).some((event) => event.venue === venue && event.startsAt === startsAt),
    async removeEvent(event) {
      if (!removeEvents(tables, [event])) return false;
      change(tables, event.concertId, (row) => row);
      return true;
    },
    async removeConcert(id) {
      if (!removeEvents(tables, eventsOf(tables, id))) return false;
      removeSaleCodes(tables, id);
      tables.concerts.remove(id);
      return true;
    },
    // Transactions run one at a time here, so every row that is read is locked.
    lockPolicy: async (id) => tables.concerts.get(id)?.policy ?? null,
    lockConcert: async (id) => tables.concerts.get(id)?.concert ?? null,
    lockEvent: async (id) => tables.events.get(id) ?? null,
    async saveConcert(concert) {
      change(tables, concert.id, (row) => ({ ...row, concert }));
    },
    async saveEvent(event) {
      tables.events.put(event.id, event);
      change(tables, event.concertId, (row) => row);
    },
    async savePolicy(id, policy) {
      change(tables, id, (row) => ({ ...row, policy }));
    },
  };
}

function arrangeSeats(tables: Tables, eventId: EventId, seats: readonly NewSeat[]): void {
  for (const { number, price, category, blockReason } of seats) {
    const key = keyOf(eventId, number);
    tables.seatCategories.put(key, category);
    const existing = tables.seats.get(key);
    if (existing !== undefined) {
      tables.seats.put(key, reprice(existing, price));
      continue;
    }
    const status = blockReason === null ? 'AVAILABLE' : 'BLOCKED';
    tables.seats.insert(key, { status, eventId, number, price });
    if (blockReason !== null) tables.blockReasons.insert(key, blockReason);
  }
}

function removeEvents(tables: Tables, events: readonly ConcertEvent[]): boolean {
  const ids = new Set(events.map(({ id }) => id));
  if ([...rowsOf(tables.reservations)].some(({ eventId }) => ids.has(eventId))) return false;
  for (const { id, seatCount, layoutVersion } of events) {
    for (let number = 1; number <= seatCount; number += 1) {
      tables.seats.remove(keyOf(id, number));
      tables.seatCategories.remove(keyOf(id, number));
      tables.blockReasons.remove(keyOf(id, number));
    }
    for (let version = 1; version <= layoutVersion; version += 1) tables.layouts.remove(keyOf(id, version));
    tables.events.remove(id);
  }
  return true;
}

function removeSaleCodes({ saleCodes, saleCodeDigests, saleCodeUses }: Tables, concertId: ConcertId): void {
  const isOf = (row: { readonly concertId: ConcertId }) => row.concertId === concertId;
  const ids = new Set([...rowsOf(saleCodes)].filter(isOf).map(({ id }) => id));
  for (const id of ids) saleCodes.remove(id);
  for (const [key, id] of saleCodeDigests.entries()) if (ids.has(id)) saleCodeDigests.remove(key);
  for (const [key, use] of saleCodeUses.entries()) if (isOf(use)) saleCodeUses.remove(key);
}

function change({ concerts }: Tables, id: ConcertId, next: (row: ConcertRow) => ConcertRow): void {
  const row = concerts.get(id);
  invariant(row !== undefined, `there is no concert ${id}`);
  concerts.put(id, { ...next(row), version: row.version + 1 });
}
