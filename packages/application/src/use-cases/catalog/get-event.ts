import { eventIn } from '@frontrow/domain/catalog/concert.ts';
import type { Category } from '@frontrow/domain/halls/layout.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type EventWithConcert, findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { CountAvailable } from '../../catalog/count-available.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import type { SeatCount } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';

export type AvailableCategory = Category & { readonly availableCount: number };
/** `categories` is in the order of the layout; null for an event without one. */
export type EventDetails = EventWithConcert & {
  readonly available: SeatCount;
  readonly categories: readonly AvailableCategory[] | null;
};
export type GetEvent = (eventId: EventId) => Promise<Result<EventDetails, NotFound>>;

type GetEventPorts = Pick<Ports, 'catalog'> & {
  readonly countAvailable: CountAvailable;
  readonly findEventLayout: FindEventLayout;
};

export function createGetEvent({ catalog, countAvailable, findEventLayout }: GetEventPorts): GetEvent {
  return async (eventId) => {
    const found = await findEventWithConcert(catalog, eventId);
    if (found?.concert.visibility !== 'PUBLISHED') return refuse(notFound('event'));
    const { concert, event } = found;
    const [available] = await countAvailable([eventId]);
    // The date has been deleted since it was cached.
    if (available === undefined) return refuse(notFound('event'));
    const layout = event.layoutVersion === 0 ? null : await findEventLayout(event);
    const categories = layout === null ? null : countCategories(layout.categories, available);
    return ok({ concert, event: eventIn(concert, event), available, categories });
  };
}

function countCategories(
  categories: readonly Category[],
  { byCategory }: SeatCount,
): readonly AvailableCategory[] {
  return categories.map((category, index) => ({ ...category, availableCount: byCategory.get(index) ?? 0 }));
}
