import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';

export type EventWithLayout = { readonly event: ConcertEvent; readonly layout: Layout };
export type ExportLayout = (eventId: EventId) => Promise<Result<EventWithLayout, NotFound>>;

/** Reads the present layout of a date of any visibility. `catalog` reads the database, not a cache. */
export function createExportLayout(
  { catalog }: Pick<Ports, 'catalog'>,
  findEventLayout: FindEventLayout,
): ExportLayout {
  return async (eventId) => {
    const event = await catalog.findEvent(eventId);
    const layout = event === null ? null : await findEventLayout(event);
    return event === null || layout === null ? refuse(notFound('event')) : ok({ event, layout });
  };
}
