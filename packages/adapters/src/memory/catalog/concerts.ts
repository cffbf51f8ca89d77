import type { Concerts } from '@frontrow/application/ports/catalog/catalog.ts';
import type { ConcertId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { MemoryView } from '../store/database.ts';
import { keyOf } from '../store/table.ts';
import type { ConcertRow, Tables } from '../store/tables.ts';

export function createMemoryConcerts({ tables }: Pick<MemoryView, 'tables'>): Concerts {
  return {
    async add(concert, policy) {
      tables.concerts.insert(concert.id, { concert, policy, version: 1 });
    },
    async addEvent(event) {
      const { id: eventId, concertId, seatCount, price } = event;
      tables.events.insert(eventId, event);
      for (let number = 1; number <= seatCount; number += 1)
        tables.seats.insert(keyOf(eventId, number), { status: 'AVAILABLE', eventId, number, price });
      change(tables, concertId, (row) => row);
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

function change({ concerts }: Tables, id: ConcertId, next: (row: ConcertRow) => ConcertRow): void {
  const row = concerts.get(id);
  invariant(row !== undefined, `there is no concert ${id}`);
  concerts.put(id, { ...next(row), version: row.version + 1 });
}
