import type { ConcertEvent } from '@frontrow/domain/catalog/concert.ts';
import type { Category } from '@frontrow/domain/halls/layout.ts';
import type { FindEventLayout } from '../halls/find-event-layout.ts';
import type { SeatCount } from '../ports/booking/seats.ts';
import { setBounded } from '../shared/set-bounded.ts';

export type AvailableCategory = Category & { readonly availableCount: number };
/** In the order of the layout; null for an event without one. */
export type CountCategories = (
  event: ConcertEvent,
  available: SeatCount,
) => Promise<readonly AvailableCategory[] | null>;

const VERSIONS_MAX = 10_000;

/** Keeps the categories of layout versions, which never change, so that the layouts of many halls need not be kept for them. */
export function createCountCategories(findEventLayout: FindEventLayout): CountCategories {
  const kept = new Map<string, readonly Category[]>();

  async function findCategories(event: ConcertEvent): Promise<readonly Category[] | null> {
    if (event.layoutVersion === 0) return null;
    const key = `${event.id}:${event.layoutVersion}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const layout = await findEventLayout(event);
    if (layout === null) return null;
    setBounded(kept, key, layout.categories, VERSIONS_MAX);
    return layout.categories;
  }

  return async (event, { byCategory }) => {
    const categories = await findCategories(event);
    if (categories === null) return null;
    return categories.map((category, index) => ({
      ...category,
      availableCount: byCategory.get(index) ?? 0,
    }));
  };
}
