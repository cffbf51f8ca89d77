import type { Concert, ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import type { Catalog } from '../ports/catalog/catalog.ts';

export type EventWithConcert = { readonly event: ConcertEvent; readonly concert: Concert };

/** Of any visibility. Null for an unknown event. */
export async function findEventWithConcert(catalog: Catalog, id: EventId): Promise<EventWithConcert | null> {
  const event = await catalog.findEvent(id);
  const concert = event && (await catalog.findConcert(event.concertId));
  return event && concert && { event, concert };
}
