import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import { uniformLayout } from '@frontrow/domain/halls/numbered-seats.ts';
import { describe, expect, it } from 'vitest';
import { newConcert, newEvent } from '../../contracts/shared/contract-builders.ts';
import { createFindEventLayout } from '../../src/halls/find-event-layout.ts';
import { createFindReservedPlaces } from '../../src/use-cases/halls/find-reserved-places.ts';

let lastId = 0;
const ports = { ids: { next: () => `id-${(lastId += 1)}` } };
const eventWith = (facts: Partial<ConcertEvent>) =>
  newEvent(ports, newConcert(ports), { price: 1, ...facts });

/** Version n of the layout of an event has 10 n seats. */
function createPlaces(stored: readonly ConcertEvent[], cached: readonly ConcertEvent[]) {
  const reads: string[] = [];
  const reader = (name: string, events: readonly ConcertEvent[]) => ({
    async findEvent(id: string) {
      reads.push(name);
      return events.find((event) => event.id === id) ?? null;
    },
  });
  const findLayout = createFindEventLayout({
    async find({ version }) {
      reads.push('layout');
      return uniformLayout(10 * version, 1);
    },
  });
  const catalogs = { catalog: reader('stored', stored), cachedCatalog: reader('cached', cached) };
  return { reads, find: createFindReservedPlaces(catalogs, findLayout) };
}

describe('the places of reserved seats', () => {
  it('come from the cached event and its layout, each read once', async () => {
    const event = eventWith({ layoutVersion: 1 });
    const { find, reads } = createPlaces([event], [event]);
    const reservations = [[2, 3], [9]].map((seatNumbers) => ({ eventId: event.id, seatNumbers }));
    const places = await find(reservations);
    expect([...(places.get(event.id) ?? [])]).toMatchObject(
      [2, 3, 9].map((number) => [
        number,
        { section: 'Standard', row: '1', label: `${number}`, category: { key: 'standard' } },
      ]),
    );
    expect(reads).toEqual(['cached', 'layout']);
  });

  it('of a seat that was added since the event was cached come from the stored event', async () => {
    const event = eventWith({ layoutVersion: 2, seatCount: 20 });
    const { find, reads } = createPlaces([event], [{ ...event, layoutVersion: 1, seatCount: 10 }]);
    const places = await find([{ eventId: event.id, seatNumbers: [10, 11] }]);
    expect(places.get(event.id)?.get(11)).toMatchObject({ section: 'Standard', row: '1', label: '11' });
    expect(reads).toEqual(['cached', 'stored', 'layout']);
  });

  it('are none for an event without a layout, of which nothing but the cached event is read', async () => {
    const event = eventWith({});
    const { find, reads } = createPlaces([event], [event]);
    expect((await find([{ eventId: event.id, seatNumbers: [1] }])).size).toBe(0);
    expect(reads).toEqual(['cached']);
  });
});
