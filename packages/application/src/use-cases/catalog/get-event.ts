import { eventIn } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type EventWithConcert, findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { CountAvailable } from '../../catalog/count-available.ts';
import type { SeatCount } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';

export type EventDetails = EventWithConcert & { readonly available: SeatCount };
export type GetEvent = (eventId: EventId) => Promise<Result<EventDetails, NotFound>>;

export function createGetEvent({
  catalog,
  countAvailable,
}: Pick<Ports, 'catalog'> & { readonly countAvailable: CountAvailable }): GetEvent {
  return async (eventId) => {
    const found = await findEventWithConcert(catalog, eventId);
    if (found?.concert.visibility !== 'PUBLISHED') return refuse(notFound('event'));
    const { concert, event } = found;
    const [available] = await countAvailable([eventId]);
    // The date has been deleted since it was cached.
    if (available === undefined) return refuse(notFound('event'));
    return ok({ concert, event: eventIn(concert, event), available });
  };
}
