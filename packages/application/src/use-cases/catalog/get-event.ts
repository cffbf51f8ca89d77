import { eventIn } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { type EventWithConcert, findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { SeatCount } from '../../ports/booking/seats.ts';
import type { Ports } from '../../ports/ports.ts';
import { createRecentReads } from '../../shared/recent-reads.ts';

export type EventDetails = EventWithConcert & { readonly available: SeatCount };
export type GetEvent = (eventId: EventId) => Promise<Result<EventDetails, NotFound>>;

const COUNT_AGE_MAX_MS = 1_000;
const EVENTS_MAX = 1_000;

/** However many fans ask, a process counts the seats of an event once a second. */
export function createGetEvent({
  catalog,
  seatReads,
  clock,
}: Pick<Ports, 'catalog' | 'seatReads' | 'clock'>): GetEvent {
  const countAvailable = createRecentReads((eventId: EventId) => seatReads.countAvailable(eventId), clock, {
    maxAgeMs: COUNT_AGE_MAX_MS,
    keysMax: EVENTS_MAX,
  });
  return async (eventId) => {
    const found = await findEventWithConcert(catalog, eventId);
    if (found?.concert.visibility !== 'PUBLISHED') return refuse(notFound('event'));
    const { concert, event } = found;
    return ok({ concert, event: eventIn(concert, event), available: await countAvailable(eventId) });
  };
}
