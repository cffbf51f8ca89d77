import type { Reservation } from '@frontrow/domain/booking/reservation.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type EventWithConcert, findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { Ports } from '../../ports/ports.ts';

/** The events of a user's own reservations by their ids, also those of concerts that are no longer public. */
export type FindReservedEvents = (
  reservations: readonly Pick<Reservation, 'eventId'>[],
) => Promise<ReadonlyMap<EventId, EventWithConcert>>;

/** Reads each event once, however many of the reservations are for it. */
export function createFindReservedEvents({ catalog }: Pick<Ports, 'catalog'>): FindReservedEvents {
  return async (reservations) => {
    const ids = [...new Set(reservations.map(({ eventId }) => eventId))];
    const found = await Promise.all(ids.map((id) => findEventWithConcert(catalog, id)));
    return new Map(found.flatMap((each) => (each === null ? [] : [[each.event.id, each]])));
  };
}
