import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { Category, SeatPlace } from '@frontrow/domain/halls/layout.ts';
import { categoryOf, placeOf } from '@frontrow/domain/halls/numbered-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type FindEventLayout, numberedSeatsOf } from '../../halls/find-event-layout.ts';
import type { Catalog } from '../../ports/catalog/catalog.ts';

/** The places of the seats of reservations, by the present layouts; an event without a layout is left out. */
export type FindReservedPlaces = (
  reservations: readonly Pick<Reservation, 'eventId' | 'seatNumbers'>[],
) => Promise<ReservedPlaces>;
export type ReservedPlace = SeatPlace & { readonly category: Category };
export type ReservedPlaces = ReadonlyMap<EventId, ReadonlyMap<number, ReservedPlace>>;

type FindsEvent = Pick<Catalog, 'findEvent'>;

/**
 * Reads each event once, from the cache `cachedCatalog`. `catalog` reads one whose cached version is from before a seat of
 * the reservations was added.
 */
export function createFindReservedPlaces(
  { catalog, cachedCatalog }: { readonly catalog: FindsEvent; readonly cachedCatalog: FindsEvent },
  findLayout: FindEventLayout,
): FindReservedPlaces {
  async function findPlaces(eventId: EventId, numbers: readonly number[]) {
    const cached = await cachedCatalog.findEvent(eventId);
    const isStale = cached === null || cached.seatCount < Math.max(...numbers);
    const event = isStale ? await catalog.findEvent(eventId) : cached;
    const layout = event === null || event.layoutVersion === 0 ? null : await findLayout(event);
    if (layout === null) return null;
    const seats = numberedSeatsOf(layout);
    const places = new Map<number, ReservedPlace>();
    for (const number of numbers) {
      const place = placeOf(seats, number);
      if (place !== null) places.set(number, { ...place, category: categoryOf(seats, number) });
    }
    return places;
  }

  return async (reservations) => {
    const numbersOf = Map.groupBy(reservations, ({ eventId }) => eventId);
    const found = new Map<EventId, ReadonlyMap<number, ReservedPlace>>();
    // One after another, so that a list of many events has one large layout in memory at a time.
    for (const [eventId, ofEvent] of numbersOf) {
      const places = await findPlaces(
        eventId,
        ofEvent.flatMap(({ seatNumbers }) => seatNumbers),
      );
      if (places !== null) found.set(eventId, places);
    }
    return found;
  };
}
