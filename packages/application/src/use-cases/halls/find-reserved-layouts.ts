import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { NumberedSeats } from '@frontrow/domain/halls/numbered-seats.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type FindEventLayout, numberedSeatsOf } from '../../halls/find-event-layout.ts';
import type { Catalog } from '../../ports/catalog/catalog.ts';

/** The present layouts of the events of reservations; an event without a layout is left out. */
export type FindReservedLayouts = (
  reservations: readonly Pick<Reservation, 'eventId' | 'seatNumbers'>[],
) => Promise<ReservedLayouts>;
export type ReservedLayouts = ReadonlyMap<EventId, NumberedSeats>;

/**
 * Reads each event once, from the cache `cachedCatalog`. `catalog` reads one whose cached version is from before a seat of
 * the reservations was added.
 */
export function createFindReservedLayouts(
  { catalog, cachedCatalog }: { readonly catalog: Catalog; readonly cachedCatalog: Catalog },
  findLayout: FindEventLayout,
): FindReservedLayouts {
  async function findSeats(eventId: EventId, lastSeat: number): Promise<NumberedSeats | null> {
    const cached = await cachedCatalog.findEvent(eventId);
    const event = cached === null || cached.seatCount < lastSeat ? await catalog.findEvent(eventId) : cached;
    const layout = event === null || event.layoutVersion === 0 ? null : await findLayout(event);
    return layout === null ? null : numberedSeatsOf(layout);
  }

  return async (reservations) => {
    const lastSeats = new Map<EventId, number>();
    for (const { eventId, seatNumbers } of reservations)
      lastSeats.set(eventId, Math.max(lastSeats.get(eventId) ?? 0, ...seatNumbers));
    const found = await Promise.all(
      [...lastSeats].map(async ([eventId, lastSeat]) => ({
        eventId,
        seats: await findSeats(eventId, lastSeat),
      })),
    );
    return new Map(found.flatMap(({ eventId, seats }) => (seats === null ? [] : [[eventId, seats]])));
  };
}
