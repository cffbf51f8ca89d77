import type { Layout } from '@frontrow/domain/halls/layout.ts';
import type { EventId } from '@frontrow/domain/shared/ids.ts';
import { type NotFound, notFound } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { findEventWithConcert } from '../../catalog/event-with-concert.ts';
import type { FindEventLayout } from '../../halls/find-event-layout.ts';
import type { Ports } from '../../ports/ports.ts';

export type GetLayoutQuery = {
  readonly eventId: EventId;
  /** Null for the present one. */
  readonly version: number | null;
};
/** The same `layout` object for many requests, so that its JSON is written once. */
export type FoundLayout = {
  readonly eventId: EventId;
  readonly version: number;
  readonly layout: Layout;
};
export type GetLayout = (query: GetLayoutQuery) => Promise<Result<FoundLayout, NotFound>>;

/** Finds a layout of a public date. The date may be read from the cache, and its layout from the process. */
export function createGetLayout({ catalog }: Pick<Ports, 'catalog'>, findLayout: FindEventLayout): GetLayout {
  return async ({ eventId, version: wanted }) => {
    const found = await findEventWithConcert(catalog, eventId);
    if (found?.concert.visibility !== 'PUBLISHED') return refuse(notFound('event'));
    const { event } = found;
    const version = wanted ?? event.layoutVersion;
    // Only a date without a layout has the version 0.
    if (version === 0 && event.layoutVersion !== 0) return refuse(notFound('layout'));
    const layout = await findLayout({ ...event, layoutVersion: version });
    return layout === null ? refuse(notFound('layout')) : ok({ eventId, version, layout });
  };
}
