import { eventIn } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type EventWithConcert, findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { CountAvailable } from '../../catalog/count-available.ts';
import type { AvailableCategory, CountCategories } from '../../catalog/count-categories.ts';
import type { SeatCount } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';

/** `categories` is in the order of the layout; null for an event without one. */
export type EventDetails = EventWithConcert & {
  readonly available: SeatCount;
  readonly categories: readonly AvailableCategory[] | null;
};
export type GetEvent = (eventId: EventId) => Promise<Result<EventDetails, NotFound>>;

type GetEventPorts = Pick<Ports, 'catalog'> & {
  readonly countAvailable: CountAvailable;
  readonly countCategories: CountCategories;
};

export function createGetEvent({ catalog, countAvailable, countCategories }: GetEventPorts): GetEvent {
  return async (eventId) => {
    const found = await findEventWithConcert(catalog, eventId);
    if (found?.concert.visibility !== 'PUBLISHED') return refuse(notFound('event'));
    const { concert, event } = found;
    const [available] = await countAvailable([eventId]);
    // The date has been deleted since it was cached.
    if (available === undefined) return refuse(notFound('event'));
    const categories = await countCategories(event, available);
    return ok({ concert, event: eventIn(concert, event), available, categories });
  };
}
